package org.hpqr.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.dcm4che3.data.Attributes;
import org.hpqr.testkit.database.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;

/** {@code bench.sh}: from the command line to the figures. */
public final class Bench {

    private static final int FILLING_ASSOCIATIONS = 16;
    private static final int WARM_UP_ASSOCIATIONS = 4;
    /** Matches, objects or operations after which Java's compiler has done most of its work. */
    private static final int WARM_UP_ITEMS = 300_000;
    /** With another number of objects, what is compiled already needs only so much less time to warm up. */
    private static final int AGAIN = 4;

    private final Options options;
    private final Path root;
    private final Figures figures = new Figures();
    private final Corpus corpus = new Corpus();
    private final Set<String> warmedUp = new HashSet<>();

    private Bench(Options options, Path root) {
        this.options = options;
        this.root = root;
    }

    /**
     * @param args see {@link Options}; the system properties {@code bench.root} and {@code bench.server} name the directory
     *             of the project and, in it, that of the provisioned server
     */
    public static void main(String[] args) throws Exception {
        Logger.getLogger("").setLevel(Level.WARNING);
        Options options = new Options(args);
        Path root = Path.of(System.getProperty("bench.root"));
        if (options.help)
            System.out.print(Options.HELP);
        else if (options.report)
            new Report(Figures.read(root.resolve(options.out))).writeTo(root.resolve("docs"));
        else
            new Bench(options, root).run();
        System.exit(0);
    }

    private void run() throws Exception {
        Path work = root.resolve(options.work);
        Path out = root.resolve(options.out);
        if (!options.keep)
            delete(work);
        Files.createDirectories(work);
        if (options.keep && Files.exists(out))
            figures.merge(Figures.read(out));
        describeMachine();
        Map<String, String> environment = new HashMap<>(Map.of("HPQR_DB", options.database));
        if (options.database.equals("postgresql")) {
            try (PostgresServer postgres = new PostgresServer(work.resolve("postgresql"), "hpqr")) {
                Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
                environment.put("HPQR_DB_URL", postgres.url("hpqr"));
                PGSimpleDataSource database = new PGSimpleDataSource();
                database.setUrl(postgres.url("hpqr"));
                database.setUser("hpqr");
                measure(work, out, environment, postgres.process(), database);
            }
        } else {
            measure(work, out, environment, null, null);
        }
        if (!options.keep)
            delete(work);
    }

    private void measure(Path work, Path out, Map<String, String> environment, ProcessHandle postgres,
                         DataSource database) throws Exception {
        Path home = root.resolve(System.getProperty("bench.server"));
        Path floor = root.resolve("hp-qr-bench/target/hp-qr-bench-floor.jar");
        try (Client client = new Client();
             StandaloneServer server = new StandaloneServer(home, work, floor, client.port, environment, options.javaOptions)) {
            ProcessHandle java = server.java();
            Load load = new Load(() -> Programs.cpuNanos(java), () -> postgres == null ? 0 : Programs.cpuNanos(postgres));
            for (int objects : options.objects) {
                fill(client, server, work, objects, database);
                Scenarios scenarios = new Scenarios(client, server, load, corpus);
                scenarios.prepareFloors();
                // groups one after the other; what is compared with each other is in one group, its rounds interleaved
                for (List<Scenario> group : groups(scenarios))
                    measure(group.stream().filter(scenario -> options.only.matcher(scenario.name()).find()).toList(), objects);
                figures.write(out);
            }
            System.out.println(Goals.table(figures));
            System.out.println("server log: " + work.resolve("data/log/server.log") + ", figures: " + out);
        }
    }

    private List<List<Scenario>> groups(Scenarios scenarios) {
        List<List<Scenario>> groups = new ArrayList<>();
        if (options.parts.contains("find"))
            groups.add(scenarios.finds());
        if (options.parts.contains("kinds"))
            groups.add(scenarios.kinds());
        if (options.parts.contains("universal"))
            groups.add(scenarios.universal());
        if (options.parts.contains("retrieve"))
            groups.add(scenarios.retrieves());
        if (options.parts.contains("all"))
            groups.add(scenarios.retrievesOfAll());
        if (options.parts.contains("store"))
            groups.add(scenarios.stores());
        if (options.parts.contains("web"))
            groups.add(scenarios.web());
        return groups;
    }

    private void measure(List<Scenario> group, int objects) throws Exception {
        long nanos = (long) (options.seconds * 1e9);
        for (Scenario scenario : group)
            warmUp(scenario, nanos, warmedUp.add(scenario.name()) ? options.warmUp : options.warmUp / AGAIN);
        Map<List<Object>, Figures.Figure> measured = new java.util.LinkedHashMap<>();
        for (int round = 0; round < options.rounds; round++) {
            for (Scenario scenario : group) {
                for (int associations : scenario.associations()) {
                    Window window = scenario.measure().run(associations, (long) (nanos * scenario.seconds()));
                    measured.computeIfAbsent(List.of(scenario.name(), associations), any -> {
                        Figures.Figure figure = new Figures.Figure();
                        figure.scenario = scenario.name();
                        figure.objects = objects;
                        figure.associations = associations;
                        return figure;
                    }).add(window);
                }
            }
        }
        Figures part = new Figures();
        part.figures.addAll(measured.values());
        figures.merge(part);
        measured.values().forEach(figure -> System.out.println(Report.line(figure)));
    }

    /** Until Java has compiled what the scenario uses: slow operations need fewer repetitions than fast ones, but more time. */
    private void warmUp(Scenario scenario, long nanos, double seconds) throws Exception {
        int associations = scenario.associations().contains(WARM_UP_ASSOCIATIONS) ? WARM_UP_ASSOCIATIONS : 1;
        long end = System.nanoTime() + (long) (seconds * scenario.seconds() * 1e9);
        double items = 0;
        do {
            Window window = scenario.measure().run(associations, (long) (nanos * scenario.seconds()));
            items += window.items() * window.nanos().length;
        } while (items < WARM_UP_ITEMS && System.nanoTime() < end);
    }

    /** Brings the number of objects to {@code objects}: the first ones of the sequence of generated protocols. */
    private void fill(Client client, StandaloneServer server, Path work, int objects, DataSource database) throws Exception {
        Path stored = work.resolve("stored");
        int before = Files.exists(stored) ? Integer.parseInt(Files.readString(stored).strip()) : 0;
        if (before > objects)
            throw new IllegalArgumentException(work + " has " + before + " objects already");
        long begin = System.nanoTime();
        if (database == null)
            store(client, server, before, objects);
        else
            try (BulkLoader loader = new BulkLoader(database)) {
                corpus.grow(objects, before, loader::add);
            }
        Files.writeString(stored, String.valueOf(objects));
        server.control("analyze", new byte[0]);
        System.out.printf("%,d objects stored, %,d of them added in %.1f s%n", objects, objects - before,
                (System.nanoTime() - begin) / 1e9);
    }

    /** By C-STORE, over several associations: H2's file belongs to the server. */
    private void store(Client client, StandaloneServer server, int before, int objects) throws Exception {
        BlockingQueue<Attributes> waiting = new ArrayBlockingQueue<>(1_000);
        Attributes end = new Attributes();
        ExecutorService threads = Executors.newFixedThreadPool(FILLING_ASSOCIATIONS);
        List<Future<?>> storing = new ArrayList<>();
        for (int i = 0; i < FILLING_ASSOCIATIONS; i++) {
            storing.add(threads.submit((Callable<?>) () -> {
                try (Client.Peer peer = client.connect(server.port, Client.AE_TITLE)) {
                    for (Attributes object = waiting.take(); object != end; object = waiting.take())
                        peer.store(object);
                    return null;
                }
            }));
        }
        corpus.grow(objects, before, protocol -> put(waiting, protocol));
        for (int i = 0; i < FILLING_ASSOCIATIONS; i++)
            put(waiting, end);
        for (Future<?> one : storing)
            one.get();
        threads.shutdown();
    }

    private static <T> void put(BlockingQueue<T> queue, T element) {
        try {
            queue.put(element);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void describeMachine() throws IOException {
        figures.machine.put("processor", Files.readString(Path.of("/proc/cpuinfo")).lines()
                .filter(line -> line.startsWith("model name")).findFirst().map(line -> line.substring(line.indexOf(':') + 2)).orElse("")
                + ", " + Runtime.getRuntime().availableProcessors() + " cores");
        figures.machine.put("memory", Files.readString(Path.of("/proc/meminfo")).lines().findFirst()
                .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1_048_576 + " GB").orElse(""));
        figures.machine.put("system", System.getProperty("os.name") + ' ' + System.getProperty("os.version"));
        figures.machine.put("java", System.getProperty("java.vm.name") + ' ' + System.getProperty("java.version"));
        figures.machine.put("database", options.database);
        figures.machine.put("date", LocalDate.now().toString());
        if (!options.javaOptions.isEmpty())
            figures.machine.put("java options", options.javaOptions);
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory))
            return;
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}

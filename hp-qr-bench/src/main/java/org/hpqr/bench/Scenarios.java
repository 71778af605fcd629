package org.hpqr.bench;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.hpqr.bench.Client.Peer;
import org.hpqr.bench.Load.Worker;
import org.hpqr.bench.Load.Workers;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.retrieve.RetrieveMatches;
import org.hpqr.testkit.samples.SampleRequests;

/** What is measured: the services of the plugin, each near the floor it is compared with. */
final class Scenarios {

    static final String ECHO = "C-ECHO";
    static final String CONSTANT_1 = "constant find, 1 match";
    static final String CONSTANT_5 = "constant find, 5 matches";
    static final String CONSTANT_ALL = "constant find, N matches";
    static final String SELECT = "prepared SELECT";
    static final String KEYED = "keyed find, 1 match";
    static final String DEFINITION = "definition find, 5 matches";
    static final String UNIVERSAL = "universal find, N matches";
    static final String MIX = "mix of Q1 to Q11";
    static final String BARE_STORE = "one committed row with the same bytes";
    static final String STORE = "C-STORE";

    /** Calling AE title of what is stored and forgotten again. */
    static final String STORING_AET = "BENCHSTORE";

    private static final List<Integer> ALL = List.of(1, 4, 16);
    private static final List<Integer> FOUR = List.of(4);
    private static final List<Integer> ONE = List.of(1);
    /** Beyond this, several universal finds at once take too long. */
    private static final int MOST_AT_ONCE = 20_000;
    private static final int KEYED_VARIANTS = 512;
    /**
     * Each move opens a connection, whose port stays taken for a minute, and of 28,000 ports the search for a free one takes
     * the longer the fewer there are.
     */
    private static final double SHARE_OF_MOVES = 0.1;

    private final Client client;
    private final StandaloneServer server;
    private final Load load;
    private final Corpus corpus;
    private final List<Query> keyed;
    private final QueryMix queries;
    private final WebScenarios web;

    Scenarios(Client client, StandaloneServer server, Load load, Corpus corpus) {
        this.client = client;
        this.server = server;
        this.load = load;
        this.corpus = corpus;
        queries = new QueryMix(corpus.facts());
        web = new WebScenarios(server, load, corpus);
        keyed = queries.keyed(KEYED_VARIANTS);
    }

    /** Gives the constant services what they answer: what the plugin answers for an object in the middle. */
    void prepareFloors() throws IOException, InterruptedException {
        try (Peer peer = client.connect(server.port, Client.AE_TITLE)) {
            Attributes match = peer.findOne(keyed.get(0).identifier());
            server.control("match", DatasetCodec.encode(match, UID.ExplicitVRLittleEndian));
        }
        Attributes object = Corpus.others(1).get(0);
        server.control("object", DatasetCodec.encode(object, UID.ExplicitVRLittleEndian));
        web.prepareFloors();
    }

    /** DICOMweb and what it is compared with. */
    List<Scenario> web() {
        return web.single();
    }

    static String retrieve(String operation, String objects, boolean constant) {
        return operation + ' ' + objects + (constant ? ", constant bytes" : "");
    }

    /** Finds and what they are compared with. */
    List<Scenario> finds() {
        List<Scenario> scenarios = new ArrayList<>(List.of(
                new Scenario(ECHO, ALL, 1, dimse(server.port, (peer, random, count) -> {
                    peer.echo();
                    return 1;
                })),
                new Scenario(CONSTANT_1, ALL, 1, constantFind(1)),
                new Scenario(SELECT, ALL, 1, select()),
                new Scenario(KEYED, ALL, 1, find(keyed)),
                new Scenario(CONSTANT_5, ALL, 1, constantFind(5)),
                new Scenario(DEFINITION, ALL, 1, find(queries.byDefinition(5))),
                new Scenario(MIX, ALL, 1, find(queries.mixed()))));
        return scenarios;
    }

    /** Each kind of the mix by itself. */
    List<Scenario> kinds() {
        return queries.kinds().entrySet().stream().filter(kind -> !kind.getKey().startsWith("Q12"))
                .map(kind -> new Scenario(kind.getKey(), FOUR, 0.5, find(kind.getValue()))).toList();
    }

    List<Scenario> universal() {
        List<Integer> associations = corpus.facts().size() > MOST_AT_ONCE ? ONE : ALL;
        return List.of(new Scenario(CONSTANT_ALL, associations, 1, constantFind(corpus.facts().size())),
                new Scenario(UNIVERSAL, associations, 1, find(List.of(queries.universal()))),
                web.everything(associations));
    }

    List<Scenario> retrieves() {
        List<Scenario> scenarios = new ArrayList<>();
        for (String operation : List.of("C-GET", "C-MOVE")) {
            for (int objects : List.of(1, 20)) {
                for (boolean constant : List.of(true, false))
                    scenarios.add(new Scenario(retrieve(operation, String.valueOf(objects), constant), ALL,
                            operation.equals("C-MOVE") ? SHARE_OF_MOVES : 1,
                            retrieve(operation, objects, constant)));
            }
        }
        return scenarios;
    }

    /** All objects in one request. */
    List<Scenario> retrievesOfAll() {
        int all = Math.min(corpus.facts().size(), RetrieveMatches.MAX);
        return Stream.of("C-GET", "C-MOVE").flatMap(operation -> Stream.of(true, false).map(constant ->
                new Scenario(retrieve(operation, "all", constant), ONE, 0, retrieve(operation, all, constant)))).toList();
    }

    List<Scenario> stores() {
        List<Attributes> others = Corpus.others(200);
        return List.of(
                new Scenario(BARE_STORE, ALL, 1, (associations, nanos) ->
                        load.run(() -> server.control("durable?" + associations + '&' + nanos, new byte[0]))),
                new Scenario(STORE, ALL, 1, (associations, nanos) -> {
                    Window window = load.run(number -> worker(client.connect(server.port, STORING_AET), new Random(),
                            (peer, random, count) -> {
                                Attributes object = new Attributes(others.get(random.nextInt(others.size())));
                                object.setString(Tag.SOPInstanceUID, VR.UI, "2.25." + new BigInteger(120, random).setBit(119));
                                peer.store(object);
                                return 1;
                            }), associations, nanos);
                    server.control("forget?" + STORING_AET, new byte[0]);
                    return window;
                }));
    }

    /** What one association does once. */
    private interface Exchange {
        int perform(Peer peer, Random random, int count) throws Exception;
    }

    private Scenario.Measure dimse(int port, Exchange exchange) {
        Workers workers = number -> worker(client.connect(port, Client.AE_TITLE), new Random(number), exchange);
        return (associations, nanos) -> load.run(workers, associations, nanos);
    }

    private static Worker worker(Peer peer, Random random, Exchange exchange) {
        return new Worker() {
            @Override
            public int perform(int count) throws Exception {
                return exchange.perform(peer, random, count);
            }

            @Override
            public void close() {
                peer.close();
            }
        };
    }

    private Scenario.Measure find(List<Query> variants) {
        return dimse(server.port, (peer, random, count) -> {
            Query query = variants.get(random.nextInt(variants.size()));
            return peer.find(new Attributes(query.identifier()), query.expected(), query.expected().size());
        });
    }

    private Scenario.Measure constantFind(int matches) {
        Attributes request = SampleRequests.everyProtocol();
        request.setString(Tag.HangingProtocolName, VR.SH, String.valueOf(matches));
        Set<String> expected = Set.of(keyed.get(0).expected().iterator().next());
        return dimse(server.floorPort, (peer, random, count) -> peer.find(new Attributes(request), expected, matches));
    }

    private Scenario.Measure select() {
        byte[] uids = keyed.stream().flatMap(query -> query.expected().stream())
                .reduce("", (all, uid) -> all + uid + '\n').getBytes(StandardCharsets.US_ASCII);
        return (associations, nanos) -> load.run(() -> server.control("select?" + associations + '&' + nanos, uids));
    }

    private Scenario.Measure retrieve(String operation, int objects, boolean constant) {
        List<String> uids = corpus.uids();
        Exchange exchange = (peer, random, count) -> {
            Attributes identifier = new Attributes();
            identifier.setString(Tag.SOPInstanceUID, VR.UI, some(uids, objects, random));
            return operation.equals("C-GET") ? peer.get(identifier, objects) : peer.move(identifier, objects);
        };
        Scenario.Measure measure = dimse(constant ? server.floorPort : server.port, exchange);
        return (associations, nanos) -> {
            long before = client.moved();
            Window window = measure.run(associations, nanos);
            long sent = operation.equals("C-GET") ? 0 : Math.round(window.items() * window.nanos().length);
            if (client.moved() - before != sent)
                throw new Client.WrongAnswerException(client.moved() - before + " objects moved instead of " + sent);
            return window;
        };
    }

    /** So many UIDs in a row, from anywhere. */
    private static String[] some(List<String> uids, int count, Random random) {
        int from = random.nextInt(uids.size() - count + 1);
        return uids.subList(from, from + count).toArray(String[]::new);
    }
}

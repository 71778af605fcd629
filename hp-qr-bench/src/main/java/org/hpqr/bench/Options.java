package org.hpqr.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the command line says; {@code bench.sh --help} explains it. */
final class Options {

    static final String HELP = """
            ./bench.sh [option]...     builds what is missing, measures, prints the figures, writes them as JSON
              --quick                  a short look: few objects, short rounds (2 minutes instead of 20)
              --db h2                  on H2 instead of PostgreSQL
              --objects 2000,12000     numbers of objects to measure with (2000,12000,100000)
              --parts find,kinds,universal,retrieve,all,store,web    what to measure (all of them)
              --only REGEX             of these, the scenarios whose names it is found in
              --rounds 5               how often
              --seconds 0.7            how long each scenario, each time
              --warm-up 10             seconds of warm-up for each scenario, at most
              --java-opts '-Xmx256m'   for the server's Java virtual machine
              --out FILE               where the figures go (target/bench.json); with those that are there already
                                       if the option --keep is given
              --work DIR               where the server keeps its data (target/bench-work)
              --keep                   go on with the data that is there, and leave it there: for a run in parts
              --report                 write figures that were measured before into docs
            """;

    private static final Set<String> PARTS = Set.of("find", "kinds", "universal", "retrieve", "all", "store", "web");

    String database = "postgresql";
    List<Integer> objects = List.of(2_000, 12_000, 100_000);
    Set<String> parts = PARTS;
    Pattern only = Pattern.compile("");
    int rounds = 5;
    double seconds = 0.7;
    double warmUp = 10;
    String javaOptions = "";
    Path out = Path.of("target/bench.json");
    Path work = Path.of("target/bench-work");
    boolean keep;
    boolean report;
    boolean help;

    Options(String... arguments) {
        List<String> left = new ArrayList<>(List.of(arguments));
        while (!left.isEmpty()) {
            String option = left.remove(0);
            switch (option) {
                case "--quick" -> {
                    objects = List.of(2_000);
                    rounds = 2;
                    seconds = 0.4;
                    warmUp = 3;
                }
                case "--keep" -> keep = true;
                case "--report" -> report = true;
                case "--help" -> help = true;
                case "--db" -> database = value(option, left);
                case "--objects" -> objects = list(option, left).stream().map(Integer::valueOf).sorted().toList();
                case "--parts" -> parts = Set.copyOf(list(option, left));
                case "--only" -> only = Pattern.compile(value(option, left));
                case "--rounds" -> rounds = Integer.parseInt(value(option, left));
                case "--seconds" -> seconds = Double.parseDouble(value(option, left));
                case "--warm-up" -> warmUp = Double.parseDouble(value(option, left));
                case "--java-opts" -> javaOptions = value(option, left);
                case "--out" -> out = Path.of(value(option, left));
                case "--work" -> work = Path.of(value(option, left));
                default -> throw new IllegalArgumentException(option + " is no option; --help tells them");
            }
        }
        if (!PARTS.containsAll(parts))
            throw new IllegalArgumentException("parts are " + PARTS);
    }

    private static String value(String option, List<String> left) {
        if (left.isEmpty())
            throw new IllegalArgumentException(option + " needs a value");
        return left.remove(0);
    }

    private static List<String> list(String option, List<String> left) {
        return Stream.of(value(option, left).split(",")).toList();
    }
}

package org.hpqr.query;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.h2.jdbcx.JdbcConnectionPool;
import org.hpqr.model.Candidate;
import org.hpqr.model.CandidateQuery;
import org.hpqr.model.Candidates;
import org.hpqr.model.Database;
import org.hpqr.model.SearchDatabase;
import org.hpqr.samples.RandomProtocols;
import org.hpqr.samples.SampleRequests;

/**
 * Measures queries over many objects: when the first match is there, when all are, and how much memory that took. No
 * test: times depend on the machine. Arguments: number of objects, {@code h2} or {@code postgres}.
 *
 * <p>Run it with the class path of the tests and {@code -Xmx256m}.
 */
public final class UniversalQueryBenchmark {

    private static final int PORTION = 1_000;

    private UniversalQueryBenchmark() {
    }

    public static void main(String[] args) throws Exception {
        int objects = Integer.parseInt(args[0]);
        Path folder = Files.createTempDirectory("hpqr-benchmark");
        DataSource dataSource = args[1].equals("postgres") ? Database.POSTGRESQL.create()
                : JdbcConnectionPool.create("jdbc:h2:file:" + folder.resolve("hpqr"), "sa", "");
        try (SearchDatabase database = new SearchDatabase(dataSource)) {
            RandomProtocols random = new RandomProtocols(1);
            for (int added = 0; added < objects; added += PORTION)
                database.add(random.next(PORTION).stream().map(ProtocolIndexer::index).toList());
            Attributes byModality = SampleRequests.byChest();
            SampleRequests.definitionOf(byModality).setString(Tag.Modality, VR.CS, "CT");
            for (int round = 1; round <= 3; round++) {
                measure("all, round " + round, dataSource, SampleRequests.everyProtocol());
                measure("chest, round " + round, dataSource, SampleRequests.byChest());
                measure("chest CT, round " + round, dataSource, byModality);
                measure("every CT, round " + round, dataSource, everyCt());
            }
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }

    private static Attributes everyCt() {
        Attributes request = SampleRequests.everyProtocol();
        Finds.items(request, Tag.HangingProtocolDefinitionSequence,
                item -> item.setString(Tag.Modality, VR.CS, "CT"));
        return request;
    }

    private static void measure(String what, DataSource dataSource, Attributes request) throws Exception {
        FindIdentifier identifier = Finds.identifier(request);
        System.gc();
        long before = used();
        long begin = System.nanoTime();
        long first = 0;
        long most = 0;
        int matches = 0;
        try (Candidates candidates = new CandidateQuery(dataSource).open(identifier.filter(), 600)) {
            for (Candidate row = candidates.next(); row != null; row = candidates.next()) {
                if (identifier.respond(StoredAttributes.decode(row.attributes()), Finds.CALLED).isEmpty())
                    continue;
                if (matches++ == 0)
                    first = System.nanoTime() - begin;
                if (matches % 10_000 == 0) {
                    System.gc();
                    most = Math.max(most, used() - before);
                }
            }
        }
        System.out.printf("%-18s first match after %5d ms, all %6d after %5d ms, %d MB held at most%n", what,
                first / 1_000_000, matches, (System.nanoTime() - begin) / 1_000_000, most >> 20);
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}

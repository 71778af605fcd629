package org.hpqr.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;
import org.hpqr.database.DatabaseException;
import org.hpqr.database.HangingProtocolRepository;
import org.hpqr.database.Inventory;
import org.hpqr.database.SchemaMigration;
import org.hpqr.spi.PartStatus;
import org.hpqr.status.HpService;
import org.hpqr.status.HpStatus;
import org.junit.jupiter.api.Test;

/** Health and metrics, as they are shown. */
class MonitoringTest {

    private final AtomicLong time = new AtomicLong();
    private final Map<String, String> problemsOfServer = new LinkedHashMap<>(Map.of("storage", ""));
    private final OperationMetrics operations = new OperationMetrics();
    private boolean databaseAnswers = true;
    private boolean databaseFails;
    private boolean schemaReady = true;

    private final HangingProtocolRepository repository = new HangingProtocolRepository() {
        @Override
        public boolean isAnswering() {
            failIfItShould();
            return databaseAnswers;
        }
    };
    private final Inventory inventory = new Inventory() {
        @Override
        public long count() {
            failIfItShould();
            return 17;
        }
    };
    private final SchemaMigration schema = new SchemaMigration() {
        @Override
        public boolean isReady() {
            return schemaReady;
        }
    };
    private final PartStatus server = new PartStatus() {
        @Override
        public Map<String, String> problems() {
            return Map.copyOf(problemsOfServer);
        }

        @Override
        public Map<String, Long> counts() {
            return Map.of("associations_open", 3L);
        }
    };
    private final Health health = new Health(repository, schema, List.of(server), time::get);
    private final Monitoring monitoring = new Monitoring(health, operations, inventory, List.of(server));

    private void failIfItShould() {
        if (databaseFails)
            throw new DatabaseException(new SQLException("no connection"));
    }

    @Test
    void isUpWhereNothingIsWrong() {
        assertTrue(health.isUp());
        assertEquals(Map.of("database", "", "storage", ""), health.getProblems());
    }

    @Test
    void eachPartThatDoesNotWorkIsNamed() {
        databaseAnswers = false;
        assertProblem("database", "it does not answer");
        databaseAnswers = true;
        databaseFails = true;
        assertProblem("database", "it does not answer");
        databaseFails = false;
        schemaReady = false;
        assertProblem("database", "its tables are not those of this version");
        schemaReady = true;
        problemsOfServer.put("storage", "disk full");
        assertProblem("storage", "disk full");
    }

    private void assertProblem(String part, String problem) {
        time.addAndGet(Health.VALID_NANOS);
        assertEquals(problem, health.getProblems().get(part));
        assertFalse(health.isUp());
    }

    @Test
    void answerHoldsForAWhile() {
        assertTrue(health.isUp());
        databaseAnswers = false;

        time.addAndGet(Health.VALID_NANOS - 1);
        assertTrue(health.isUp());

        time.addAndGet(1);
        assertFalse(health.isUp());
    }

    @Test
    void partWithNothingToSayIsNotMissed() {
        Health alone = new Health(repository, schema, List.of(), time::get);

        assertEquals(Map.of("database", ""), alone.getProblems());
        assertTrue(alone.isUp());
    }

    @Test
    void operationsAreCountedByServiceAndStatus() {
        ended(HpService.STORE, HpStatus.SUCCESS, 10);
        ended(HpService.STORE, HpStatus.SUCCESS, 30);
        ended(HpService.STORE, HpStatus.OUT_OF_RESOURCES, 20);
        ended(HpService.FIND, HpStatus.SUCCESS, 7);

        assertEquals(Map.of("STORE 0000H", 2L, "STORE A700H", 1L, "FIND 0000H", 1L), monitoring.getOperations());
        assertEquals(Map.of("STORE", 20.0, "FIND", 7.0, "MOVE", 0.0, "GET", 0.0), monitoring.getAverageMillis());
    }

    @Test
    void textIsThatOfPrometheus() {
        ended(HpService.STORE, HpStatus.SUCCESS, 5);
        ended(HpService.STORE, HpStatus.CANNOT_UNDERSTAND, 6);
        ended(HpService.FIND, HpStatus.SUCCESS, 70_000);
        problemsOfServer.put("storage", "disk\nfull");

        String text = monitoring.getPrometheusText();

        assertLines(text, "hpqr_up 0", "hpqr_check{part=\"database\"} 1", "# storage: disk full",
                "hpqr_check{part=\"storage\"} 0", "hpqr_operations_total{operation=\"store\",status=\"0000\"} 1",
                "hpqr_operations_total{operation=\"store\",status=\"C000\"} 1",
                "hpqr_operation_seconds_bucket{operation=\"store\",le=\"0.005\"} 1",
                "hpqr_operation_seconds_bucket{operation=\"store\",le=\"0.01\"} 2",
                "hpqr_operation_seconds_bucket{operation=\"store\",le=\"+Inf\"} 2",
                "hpqr_operation_seconds_bucket{operation=\"find\",le=\"60.0\"} 0",
                "hpqr_operation_seconds_bucket{operation=\"find\",le=\"+Inf\"} 1",
                "hpqr_operation_seconds_sum{operation=\"find\"} 70.0", "hpqr_operation_seconds_count{operation=\"find\"} 1",
                "hpqr_objects 17", "# TYPE hpqr_associations_open gauge", "hpqr_associations_open 3");
        for (String line : text.split("\n"))
            assertTrue(line.matches("# .*|hpqr_[a-z_]+(\\{[a-z]+=\"[^\"]*\"(,[a-z]+=\"[^\"]*\")*})? [0-9.E+-]+"), line);
    }

    @Test
    void numberOfObjectsIsLeftOutIfItIsNotKnown() {
        databaseFails = true;

        assertEquals(-1, monitoring.getObjects());
        assertFalse(monitoring.getPrometheusText().contains("hpqr_objects"));
    }

    @Test
    void beansAreShownAsLongAsThePluginIsThere() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName healthName = new ObjectName(MonitoringBeans.HEALTH);
        ObjectName metricsName = new ObjectName(MonitoringBeans.METRICS);
        ended(HpService.STORE, HpStatus.SUCCESS, 5);
        MonitoringBeans beans = new MonitoringBeans(health, monitoring);

        beans.register();
        assertEquals(true, server.getAttribute(healthName, "Up"));
        assertEquals(2, ((TabularData) server.getAttribute(healthName, "Problems")).size());
        assertEquals(17L, server.getAttribute(metricsName, "Objects"));
        assertEquals(1, ((TabularData) server.getAttribute(metricsName, "Operations")).size());

        beans.unregister();
        assertFalse(server.isRegistered(healthName));
        assertFalse(server.isRegistered(metricsName));
    }

    private void ended(HpService service, HpStatus status, long millis) {
        operations.ended(service, status, TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private static void assertLines(String text, String... lines) {
        List<String> found = List.of(text.split("\n"));
        for (String line : lines)
            assertTrue(found.contains(line), () -> line + " is not in:\n" + text);
    }
}

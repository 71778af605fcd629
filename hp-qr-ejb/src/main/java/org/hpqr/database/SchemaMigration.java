package org.hpqr.database;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the tables to the version this code needs before anything uses them. The history is kept in a table of our
 * own, so that it can live beside the archive's schema.
 *
 * <p>The system property {@value #ACTION} tells what to do: {@code migrate} (default), {@code validate} (fail if a
 * DBA has not run the scripts yet) or {@code none}.
 *
 * <p>If that fails, the plugin serves nothing ({@link #isReady}), and that is all: in an archive, the rest of the EAR is
 * a PACS, which has to start with or without hanging protocols.
 */
@Startup
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class SchemaMigration {

    /** Name of the system property: {@code migrate}, {@code validate} or {@code none}. */
    public static final String ACTION = "hpqr.schema";

    private static final Logger LOG = LoggerFactory.getLogger(SchemaMigration.class);
    private static final String HISTORY_TABLE = "hp_schema_history";
    private static final int MAX_ATTEMPTS = 5;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    @Resource(lookup = "java:/PacsDS")
    private DataSource dataSource;

    private Throwable failure;

    /** For the container. */
    public SchemaMigration() {
    }

    /** For use outside a container. */
    public SchemaMigration(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Does what {@value #ACTION} says, and remembers if that was not possible. */
    @PostConstruct
    void start() {
        try {
            run();
        } catch (RuntimeException | LinkageError e) {
            failure = e;
            LOG.error("The database schema is unusable; until it is fixed and the server restarted, "
                    + "hp-qr answers every request with a failure", e);
        }
    }

    /**
     * {@code true} if the tables are as this code needs them. Waits until that is known: a request may come before the
     * container has started everything.
     */
    @Lock(LockType.READ)
    public boolean isReady() {
        return failure == null;
    }

    /** Why it is not {@link #isReady}, for a server that has no other purpose; empty if it is. */
    @Lock(LockType.READ)
    public String problem() {
        return failure == null ? "" : "The database schema is unusable: " + failure.getMessage();
    }

    /**
     * Does what {@value #ACTION} says.
     *
     * @throws IllegalStateException the database cannot be asked, is none of {@link DatabaseProduct}, or is of a newer version
     * @throws FlywayException migration or validation failed
     */
    public void run() {
        String action = System.getProperty(ACTION, "migrate");
        switch (action) {
            case "migrate" -> migrate();
            case "validate" -> {
                refuseNewer(flyway());
                flyway().validate();
            }
            case "none" -> LOG.info("Database schema of hp-qr is left to the DBA ({}=none)", ACTION);
            default -> throw new IllegalStateException(
                    ACTION + ": \"" + action + "\" is not allowed; allowed is migrate, validate, none");
        }
    }

    /**
     * Servers that start at once on an empty database may meet while one makes the history table, which MariaDB does in
     * several steps. The others look again when it has got on.
     */
    private void migrate() {
        for (int attempt = 1;; attempt++) {
            try {
                refuseNewer(flyway());
                var result = flyway().migrate();
                LOG.info("Database schema of hp-qr is at version {}, {} migrations executed", result.targetSchemaVersion == null
                        ? result.initialSchemaVersion : result.targetSchemaVersion, result.migrationsExecuted);
                return;
            } catch (FlywayException e) {
                if (attempt == MAX_ATTEMPTS)
                    throw e;
                LOG.warn("Attempt {} to migrate the database schema failed: {}", attempt, e.getMessage());
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** Flyway itself works on with a schema that has more migrations than it knows. */
    private static void refuseNewer(Flyway flyway) {
        for (MigrationInfo migration : flyway.info().applied())
            if (migration.getVersion() != null && migration.getState().isApplied() && !migration.getState().isResolved())
                throw new IllegalStateException("a newer hp-qr has migrated it to version " + migration.getVersion()
                        + ". Start that one, or restore the backup that was made before the upgrade");
    }

    private Flyway flyway() {
        return Flyway.configure(getClass().getClassLoader())
                .dataSource(dataSource)
                .table(HISTORY_TABLE)
                .locations("classpath:org/hpqr/schema/" + product().folder())
                // beside the archive's tables the schema is not empty, but of ours there is nothing yet
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load();
    }

    private DatabaseProduct product() {
        try (Connection connection = dataSource.getConnection()) {
            return DatabaseProduct.of(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("The database of hp-qr cannot be used: " + e.getMessage(), e);
        }
    }
}

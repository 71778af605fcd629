package org.hpqr.standalone;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.hpqr.control.Frame;
import org.hpqr.database.HangingProtocolRepository;
import org.hpqr.database.Inventory;
import org.hpqr.database.ObjectReader;
import org.hpqr.service.HangingProtocolService;
import org.hpqr.spi.HpSettings;
import org.hpqr.standalone.control.BackupOperation;
import org.hpqr.standalone.control.ControlServer;
import org.hpqr.standalone.control.ExportOperation;
import org.hpqr.standalone.control.ImportOperation;
import org.hpqr.standalone.control.RemoveOperation;
import org.hpqr.store.HangingProtocolReceiver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The commands of the administrator, as long as the server runs. */
@ApplicationScoped
public class ControlCommands {

    /**
     * The system property of a server that is started for one command, because none runs: it opens no DICOM port, and ends
     * when the command has, or if none comes.
     */
    static final String OFFLINE = "hpqr.offline";

    private static final Logger LOG = LoggerFactory.getLogger(ControlCommands.class);
    private static final long WAIT_SECONDS = 60;
    private static final int SUCCEEDED = 0;

    @Inject
    private StandalonePorts ports;

    @Inject
    private Inventory inventory;

    @Inject
    private HangingProtocolRepository repository;

    @Inject
    private ObjectReader reader;

    @Inject
    private HangingProtocolReceiver receiver;

    @Inject
    private HangingProtocolService service;

    @Resource(lookup = "java:/PacsDS")
    private DataSource dataSource;

    private ControlServer server;
    private ScheduledThreadPoolExecutor waiting;

    static boolean isOffline() {
        return Boolean.getBoolean(OFFLINE);
    }

    /** Takes commands from now on. A server that cannot serves DICOM all the same. */
    void start(ThreadFactory threadFactory) {
        try {
            server = open(isOffline() ? () -> ServerProcess.end(SUCCEEDED) : () -> { }, threadFactory);
        } catch (IOException | UnsupportedOperationException e) {
            if (isOffline())
                throw new ConfigurationException("the control socket cannot be opened in " + ports.dataDirectory() + ": " + e, e);
            LOG.warn("Export and import are not possible: the control socket cannot be opened in {}: {}", ports.dataDirectory(),
                    e.toString());
            return;
        }
        if (isOffline()) {
            waiting = new ScheduledThreadPoolExecutor(1, threadFactory);
            waiting.schedule(this::endIfUnused, WAIT_SECONDS, TimeUnit.SECONDS);
            LOG.info("hp-qr listening: for one command");
        }
    }

    private ControlServer open(Runnable afterEach, ThreadFactory threadFactory) throws IOException {
        AuditLog audit = new AuditLog();
        Configuration configuration = ports.configuration();
        return ControlServer.start(ports.dataDirectory(), Map.of(
                Frame.EXPORT, new ExportOperation(inventory, repository, reader, audit),
                Frame.IMPORT, new ImportOperation(receiver, audit, configuration.get(ServerSettings.AE_TITLE),
                        configuration.get(HpSettings.MAX_OBJECT_SIZE)),
                Frame.REMOVE, new RemoveOperation(service, audit, configuration.get(ServerSettings.AE_TITLE),
                        Set.copyOf(configuration.get(HpSettings.ADMINISTRATOR_ROLES)), configuration.get(HpSettings.MAX_OBJECT_SIZE)),
                Frame.BACKUP, new BackupOperation(dataSource)), afterEach, threadFactory);
    }

    private void endIfUnused() {
        if (!server.hasServed())
            ServerProcess.end(SUCCEEDED);
    }

    void stop() {
        if (waiting != null)
            waiting.shutdownNow();
        if (server != null)
            server.close();
    }
}

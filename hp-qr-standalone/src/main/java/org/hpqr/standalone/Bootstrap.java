package org.hpqr.standalone;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import org.dcm4che3.net.service.DicomService;
import org.hpqr.database.SchemaMigration;
import org.hpqr.monitor.Monitoring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the DICOM port when everything behind it is there, and closes it before anything behind it goes. A server that
 * cannot open it ends: there is nothing else for it to do, and whatever watches the process is to notice.
 */
@Startup
@Singleton
@DependsOn("hp-qr-ejb.jar#SchemaMigration")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class Bootstrap {

    private static final Logger LOG = LoggerFactory.getLogger(Bootstrap.class);

    @Inject
    private StandalonePorts ports;

    @Inject
    private SchemaMigration schema;

    @Inject
    @Any
    private Instance<DicomService> services;

    @Inject
    private Monitoring monitoring;

    @Inject
    private ServerStatus status;

    @Inject
    private ControlCommands commands;

    @Resource
    private ManagedThreadFactory threadFactory;

    private DicomServer server;
    private StatusFile statusFile;

    @PostConstruct
    void start() {
        try {
            if (!schema.isReady())
                throw new ConfigurationException(schema.problem());
            commands.start(threadFactory);
            if (!ControlCommands.isOffline())
                listen();
            ServerProcess.endWellOnSignals();
        } catch (RuntimeException e) {
            server = null;
            ServerProcess.fail(LOG, e);
        }
    }

    private void listen() {
        ports.web().open();
        server = new DicomServer(ports.configuration(), ports.tls(), ports.logins(), services, threadFactory);
        server.start();
        if (ports.web().isOpen())
            ServerProcess.afterBoot(LOG, () -> HttpPort.announce(ports.configuration()));
        status.listening(server);
        statusFile = new StatusFile(ports.dataDirectory().resolve("hp-qr.prom"), monitoring::getPrometheusText, threadFactory);
        statusFile.start();
    }

    @PreDestroy
    void stop() {
        commands.stop();
        if (statusFile != null)
            stopStatusFile();
        if (server != null)
            server.stop();
    }

    private void stopStatusFile() {
        try {
            statusFile.stop();
        } catch (IOException e) {
            LOG.warn("The status file could not be deleted: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

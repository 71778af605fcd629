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
import org.dcm4che3.net.service.DicomService;
import org.hpqr.model.SchemaMigration;
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
    private StandaloneHome home;

    @Inject
    private SchemaMigration schema;

    @Inject
    @Any
    private Instance<DicomService> services;

    @Resource
    private ManagedThreadFactory threadFactory;

    private DicomServer server;

    @PostConstruct
    void start() {
        try {
            schema.requireReady();
            server = new DicomServer(home.configuration(), home.tls(), services, threadFactory);
            server.start();
        } catch (RuntimeException e) {
            server = null;
            ServerProcess.fail(LOG, e);
        }
    }

    @PreDestroy
    void stop() {
        if (server != null)
            server.stop();
    }
}

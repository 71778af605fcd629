package org.hpqr.arc.it;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.GeneralSecurityException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.BasicCEchoSCP;
import org.dcm4che3.net.service.DicomService;
import org.dcm4che3.net.service.DicomServiceRegistry;
import org.dcm4chee.arc.ArchiveService;
import org.dcm4chee.arc.event.ArchiveServiceEvent;

/**
 * Starts like the archive: takes every DicomService bean of the EAR, opens the port, tells so. A C-ECHO of the calling AE
 * title {@value #RELOAD} stands for {@code POST /dcm4chee-arc/ctrl/reload}.
 */
@Singleton
@Startup
@ManagedExecutorDefinition(name = ArchiveDouble.THREADS, maxAsync = 100)
public class ArchiveDouble implements ArchiveService {

    static final String RELOAD = "RELOAD";
    /** The server's own executor has too few threads; the archive's installation gives it 100. */
    static final String THREADS = "java:module/concurrent/archive";

    @Inject
    private Instance<DicomService> services;

    @Inject
    private ArchiveConfiguration configuration;

    @Inject
    private Device device;

    @Inject
    private Event<ArchiveServiceEvent> events;

    @Resource(lookup = THREADS)
    private ManagedExecutorService executor;

    @Resource
    private ManagedScheduledExecutorService scheduledExecutor;

    private final DicomServiceRegistry registry = new DicomServiceRegistry();

    @PostConstruct
    void init() {
        registry.addDicomService(new BasicCEchoSCP() {
            @Override
            public void onDimseRQ(Association as, PresentationContext pc, Dimse dimse, Attributes rq, Attributes data)
                    throws IOException {
                if (as.getCallingAET().equals(RELOAD))
                    reload(null);
                super.onDimseRQ(as, pc, dimse, rq, data);
            }
        });
        services.forEach(registry::addDicomService);
        device.setExecutor(executor);
        device.setScheduledExecutor(scheduledExecutor);
        device.setDimseRQHandler(registry);
        start(null);
    }

    @PreDestroy
    void destroy() {
        stop(null);
        services.forEach(registry::removeDicomService);
    }

    @Override
    public void start(HttpServletRequest request) {
        try {
            device.bindConnections();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        events.fire(new ArchiveServiceEvent(ArchiveServiceEvent.Type.STARTED, request));
    }

    @Override
    public void stop(HttpServletRequest request) {
        device.unbindConnections();
        events.fire(new ArchiveServiceEvent(ArchiveServiceEvent.Type.STOPPED, request));
    }

    @Override
    public void reload(HttpServletRequest request) {
        tryReload();
        events.fire(new ArchiveServiceEvent(ArchiveServiceEvent.Type.RELOADED, request));
    }

    @Override
    public boolean tryReload() {
        configuration.read();
        return true;
    }

    @Override
    public Status status(HttpServletRequest request) {
        return Status.STARTED;
    }
}

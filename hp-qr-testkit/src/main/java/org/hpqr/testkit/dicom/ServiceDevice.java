package org.hpqr.testkit.dicom;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.service.DicomService;
import org.dcm4che3.net.service.DicomServiceRegistry;

/** A device with threads of its own, and one service for the requests that it gets. */
public final class ServiceDevice extends Device implements AutoCloseable {

    private static final long serialVersionUID = 1L;

    private final transient ExecutorService threads = Executors.newCachedThreadPool();
    private final transient ScheduledExecutorService timeouts = Executors.newSingleThreadScheduledExecutor();

    public ServiceDevice(String name, DicomService service) {
        super(name);
        DicomServiceRegistry services = new DicomServiceRegistry();
        services.addDicomService(service);
        setDimseRQHandler(services);
        setExecutor(threads);
        setScheduledExecutor(timeouts);
    }

    /** Closes its ports and ends its threads. */
    @Override
    public void close() {
        unbindConnections();
        threads.shutdownNow();
        timeouts.shutdownNow();
    }
}

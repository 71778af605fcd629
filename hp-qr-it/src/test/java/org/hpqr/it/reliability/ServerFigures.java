package org.hpqr.it.reliability;

import com.sun.management.UnixOperatingSystemMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What a Java process uses, by its own account. The connection stays open, so that it is in every figure alike. */
final class ServerFigures implements AutoCloseable {

    private final JMXConnector connector;
    private final MemoryMXBean memory;
    private final ThreadMXBean threads;
    private final UnixOperatingSystemMXBean system;

    /**
     * What is used at one time.
     *
     * @param heapBytes  live objects: after a full garbage collection
     * @param cpuSeconds since the process started
     */
    record Use(int threads, long fileHandles, long heapBytes, double cpuSeconds) {
    }

    ServerFigures(ProcessHandle java) throws IOException, AttachNotSupportedException {
        VirtualMachine machine = VirtualMachine.attach(String.valueOf(java.pid()));
        String address;
        try {
            address = machine.startLocalManagementAgent();
        } finally {
            machine.detach();
        }
        connector = JMXConnectorFactory.connect(new JMXServiceURL(address));
        MBeanServerConnection beans = connector.getMBeanServerConnection();
        memory = ManagementFactory.newPlatformMXBeanProxy(beans, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
        threads = ManagementFactory.newPlatformMXBeanProxy(beans, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
        system = ManagementFactory.newPlatformMXBeanProxy(beans, ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME,
                UnixOperatingSystemMXBean.class);
    }

    int threads() {
        return threads.getThreadCount();
    }

    Use now() {
        memory.gc();
        return new Use(threads(), system.getOpenFileDescriptorCount(), memory.getHeapMemoryUsage().getUsed(),
                (double) system.getProcessCpuTime() / TimeUnit.SECONDS.toNanos(1));
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}

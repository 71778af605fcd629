package org.hpqr.standalone;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP port, which WildFly opens: by what the start script has read of the settings, and before it knows them itself. */
final class HttpPort {

    private static final Logger LOG = LoggerFactory.getLogger(HttpPort.class);

    private static final String SOCKET = "jboss.as:socket-binding-group=standard-sockets,socket-binding=http";

    private HttpPort() {
    }

    /**
     * Says where DICOMweb is. To be called when the boot is over.
     *
     * @throws ConfigurationException the port is not open as it is configured
     */
    static void announce(Configuration configuration) {
        String address = configuration.get(ServerSettings.HTTP_ADDRESS);
        String configured = (address.indexOf(':') < 0 ? address : '[' + address + ']') + ':' + configuration.get(ServerSettings.HTTP_PORT);
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        try {
            ObjectName socket = new ObjectName(SOCKET);
            if (!Boolean.TRUE.equals(beans.getAttribute(socket, "bound"))
                    || !configuration.get(ServerSettings.HTTP_PORT).equals(beans.getAttribute(socket, "boundPort")))
                throw new ConfigurationException(ServerSettings.key(ServerSettings.HTTP_ADDRESS) + ", "
                        + ServerSettings.key(ServerSettings.HTTP_PORT) + ": cannot listen on " + configured);
        } catch (JMException e) {
            throw new ConfigurationException("WildFly does not report whether it listens on " + configured, e);
        }
        LOG.info("hp-qr listening: DICOMweb on http://{}/hp-qr/aets/{}/rs", configured, configuration.get(ServerSettings.AE_TITLE));
    }
}

package org.hpqr.standalone;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.hpqr.spi.Setting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP ports, which WildFly opens by what the start script has read of the settings, and before it knows them itself. */
final class HttpPort {

    private static final Logger LOG = LoggerFactory.getLogger(HttpPort.class);

    private static final String SOCKETS = "jboss.as:socket-binding-group=standard-sockets,socket-binding=";

    private HttpPort() {
    }

    /**
     * Says where DICOMweb is. To be called when the boot is over.
     *
     * @throws ConfigurationException a port is not open as it is configured
     */
    static void announce(Configuration configuration) {
        announce(configuration, "http", ServerSettings.HTTP_PORT);
        announce(configuration, "https", LoginSettings.HTTPS_PORT);
    }

    /** @param scheme also the name that WildFly has for the socket */
    private static void announce(Configuration configuration, String scheme, Setting<Integer> setting) {
        int port = configuration.get(setting);
        if (port == 0)
            return;
        String address = configuration.get(ServerSettings.HTTP_ADDRESS);
        String configured = (address.indexOf(':') < 0 ? address : '[' + address + ']') + ':' + port;
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        try {
            ObjectName socket = new ObjectName(SOCKETS + scheme);
            if (!Boolean.TRUE.equals(beans.getAttribute(socket, "bound")) || !Integer.valueOf(port).equals(beans.getAttribute(socket, "boundPort")))
                throw new ConfigurationException(ServerSettings.key(ServerSettings.HTTP_ADDRESS) + ", "
                        + ServerSettings.key(setting) + ": cannot listen on " + configured);
        } catch (JMException e) {
            throw new ConfigurationException("WildFly does not tell whether it listens on " + configured, e);
        }
        LOG.info("hp-qr listening: DICOMweb on {}://{}/hp-qr/aets/{}/rs", scheme, configured, configuration.get(ServerSettings.AE_TITLE));
    }
}

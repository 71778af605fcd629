package org.hpqr.standalone;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.hpqr.spi.WebAccess;

/** Requests over HTTP, by the configuration. As there is no login, only this machine may send them, or a proxy that has one. */
final class ConfiguredWebAccess implements WebAccess {

    private final Configuration configuration;
    private volatile boolean open;

    ConfiguredWebAccess(Configuration configuration) {
        this.configuration = configuration;
    }

    /**
     * Requests are answered from now on.
     *
     * @throws ConfigurationException other machines could send some, and nothing asks them who they are
     */
    void open() {
        String address = configuration.get(ServerSettings.HTTP_ADDRESS);
        if (hasPort() && !configuration.get(ServerSettings.HTTP_BEHIND_PROXY) && !isLoopback(address))
            throw new ConfigurationException(ServerSettings.key(ServerSettings.HTTP_ADDRESS) + ": \"" + address
                    + "\" is reachable from other machines, and hp-qr has no login: use 127.0.0.1, or a proxy that"
                    + " provides TLS and login, and " + ServerSettings.key(ServerSettings.HTTP_BEHIND_PROXY) + " = true");
        open = hasPort();
    }

    boolean hasPort() {
        return configuration.get(ServerSettings.HTTP_PORT) != 0;
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new ConfigurationException(ServerSettings.key(ServerSettings.HTTP_ADDRESS) + ": \"" + address
                    + "\" is not known", e);
        }
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public List<String> aeTitles() {
        return List.of(configuration.get(ServerSettings.AE_TITLE));
    }

    @Override
    public boolean acceptsHost(String host) {
        return configuration.get(ServerSettings.HTTP_HOSTS).contains(host);
    }

    @Override
    public boolean acceptsOrigin(String origin) {
        return configuration.get(ServerSettings.HTTP_ORIGINS).contains(origin);
    }
}

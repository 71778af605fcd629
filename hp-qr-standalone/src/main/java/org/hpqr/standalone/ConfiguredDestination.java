package org.hpqr.standalone;

import java.util.Arrays;
import java.util.List;

/**
 * An AE that objects may be moved to, as it is configured: {@code AET=host:port} or {@code AET=host:port+tls}.
 *
 * @param aeTitle AE title, valid
 * @param host    name or address; an IPv6 address without brackets
 * @param port    1 to 65535
 * @param tls     whether it is reached over TLS
 */
record ConfiguredDestination(String aeTitle, String host, int port, boolean tls) {

    static final String FORM = "AET=host:port,AET=host:port+tls,...";

    private static final String TLS = "+tls";

    /**
     * Reads a list of destinations.
     *
     * @throws IllegalArgumentException an entry has another form, or two have the same AE title
     */
    static List<ConfiguredDestination> parseList(String text) {
        List<ConfiguredDestination> destinations = Arrays.stream(text.split(",", -1)).map(ConfiguredDestination::parse).toList();
        if (destinations.stream().map(ConfiguredDestination::aeTitle).distinct().count() < destinations.size())
            throw new IllegalArgumentException("an AE title occurs twice");
        return destinations;
    }

    private static ConfiguredDestination parse(String text) {
        int equals = text.indexOf('=');
        int colon = text.lastIndexOf(':');
        if (equals < 0 || colon < equals)
            throw new IllegalArgumentException("not " + FORM);
        String host = text.substring(equals + 1, colon).trim();
        if (host.startsWith("[") && host.endsWith("]"))
            host = host.substring(1, host.length() - 1);
        String end = text.substring(colon + 1).trim();
        boolean tls = end.endsWith(TLS);
        int port = Integer.parseInt(tls ? end.substring(0, end.length() - TLS.length()) : end);
        if (host.isEmpty() || host.chars().anyMatch(Character::isWhitespace) || port < 1 || port > 0xFFFF)
            throw new IllegalArgumentException("not a host and a port");
        return new ConfiguredDestination(AeTitle.parse(text.substring(0, equals)), host, port, tls);
    }

    @Override
    public String toString() {
        return aeTitle + '=' + (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port + (tls ? TLS : "");
    }
}

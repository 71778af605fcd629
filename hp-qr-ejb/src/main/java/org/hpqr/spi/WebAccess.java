package org.hpqr.spi;

import java.util.List;

/** Port: what the server says about requests over HTTP. Where no bean provides it, nothing is served over HTTP. */
public interface WebAccess {

    /** Says whether requests are answered: the server has started, and its settings allow it. */
    boolean isOpen();

    /** The AE titles that are served, each by a service of its own. */
    List<String> aeTitles();

    /** Says whether this AE title is served; what is not served is answered 404. */
    default boolean serves(String aeTitle) {
        return aeTitles().contains(aeTitle);
    }

    /**
     * Says whether a request may name this host: a page that has its own name resolve to this machine must not reach the
     * server in the name of its reader (DNS rebinding).
     *
     * @param host of the Host field, without port, in lower case
     */
    boolean acceptsHost(String host);

    /**
     * Says whether pages of this origin may read answers and send changes (CORS).
     *
     * @param origin as a browser sends it: scheme, host, and port if it is not the default one
     */
    boolean acceptsOrigin(String origin);
}

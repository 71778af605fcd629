package org.hpqr.spi;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Port: what the server says about requests over HTTP. Where no bean provides it, nothing is served over HTTP. */
public interface WebAccess {

    /** Path within the web application that only users who have logged in reach: the container logs them in. */
    String LOGIN_PATH = "/login";

    /** Query parameter of {@link #LOGIN_PATH}: path with query component where the browser goes after that. */
    String LOGIN_TARGET = "to";

    /**
     * Where a browser is sent to log in: {@link #LOGIN_PATH}, which leads back to what the request asks for.
     *
     * @return empty if the request is not one of a browser for a page, so that nobody is there to log in
     */
    static Optional<String> loginUrl(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        if (!request.getMethod().equals("GET") || accept == null || !accept.contains("text/html"))
            return Optional.empty();
        String query = request.getQueryString();
        return Optional.of(request.getContextPath() + LOGIN_PATH + '?' + LOGIN_TARGET + '='
                + URLEncoder.encode(request.getRequestURI() + (query == null ? "" : '?' + query), StandardCharsets.UTF_8));
    }

    /** Answers a request that is refused: a status and a sentence. */
    static void refuse(HttpServletResponse response, int status, String message) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain;charset=UTF-8");
        response.getOutputStream().write((message + '\n').getBytes(StandardCharsets.UTF_8));
    }

    /** Says whether requests are answered: the server has started, and its settings allow it. */
    boolean isOpen();

    /** The AE titles that are served, each by a service of its own. */
    List<String> aeTitles();

    /** Says whether this AE title is served; what is not served is answered 404. */
    default boolean serves(String aeTitle) {
        return aeTitles().contains(aeTitle);
    }

    /** Says whether only users who have logged in are served. */
    default boolean requiresLogin() {
        return false;
    }

    /**
     * Finds out who sends a request, where that {@link #requiresLogin is required}. A request of nobody, or of somebody who
     * cannot prove it, is answered: with 401 and how to log in, with a redirect to where that is done, or with 503 if it
     * cannot be found out now.
     *
     * @return empty if the request was answered
     */
    default Optional<User> login(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        return Optional.empty();
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

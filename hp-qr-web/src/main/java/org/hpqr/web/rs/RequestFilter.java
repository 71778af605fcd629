package org.hpqr.web.rs;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hpqr.service.HangingProtocolService;
import org.hpqr.spi.User;
import org.hpqr.spi.WebAccess;
import org.hpqr.spi.WebAudit;
import org.hpqr.web.media.ContentNegotiation;
import org.hpqr.web.media.MediaType;

/**
 * What every request passes before anything reads it: is it one request, does it name this server, may the page that sent it
 * do so. And what every answer says to a browser.
 */
@WebFilter("/*")
public class RequestFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    /** What an HTML form of any page can send without being asked for leave (Fetch standard, CORS-safelisted). */
    private static final Set<String> FORM_TYPES =
            Set.of("application/x-www-form-urlencoded", "multipart/form-data", "text/plain");
    private static final String IDENTITY = "identity";
    private static final String METHODS = "GET, HEAD, POST, DELETE, OPTIONS";
    private static final String REQUEST_HEADERS = "accept, content-type, if-match, if-none-match, authorization";
    private static final String EXPOSED_HEADERS = "content-type, warning, location, content-location, etag";
    /** What an answer depends on beside its path. */
    static final String VARY = "Accept, Origin";
    private static final int MISDIRECTED = 421;
    private static final String USER = RequestFilter.class.getName() + ".user";
    private static final String PASSED = RequestFilter.class.getName() + ".passed";
    private static final String OPEN = RequestFilter.class.getName();

    @Inject
    private transient Instance<WebAccess> foundAccess;

    @Inject
    private transient Instance<WebAudit> foundAudit;

    @Inject
    private transient HangingProtocolService service;

    /** {@code null} where the server provides none, or no audit trail. */
    private transient WebAccess access;

    @Override
    public void init() {
        // once, as a look-up takes longer than all checks of a request
        access = foundAccess.isUnsatisfied() || foundAudit.isUnsatisfied() ? null : foundAccess.get();
        EarlyProof.enable(getServletContext(), () -> access != null && access.isOpen() ? Optional.of(service.prove()) : Optional.empty());
    }

    /** Has something closed when the request is over, whatever becomes of the response. */
    static void closeAfter(HttpServletRequest request, AutoCloseable open) {
        request.setAttribute(OPEN, open);
    }

    private static void close(HttpServletRequest request) throws ServletException {
        ReadMemory.giveBack(request);
        if (request.getAttribute(OPEN) instanceof AutoCloseable open)
            try {
                open.close();
            } catch (Exception e) {
                throw new ServletException(e);
            }
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Content-Security-Policy", "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
        response.setHeader("Cache-Control", "no-cache");
        if (access == null || !access.isOpen()) {
            response.setHeader("Retry-After", "5");
            WebAccess.refuse(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "The server is not ready");
        } else if (!isOneRequest(request)) {
            response.setHeader("Connection", "close");
            WebAccess.refuse(response, HttpServletResponse.SC_BAD_REQUEST, "The length of the request is not clear");
        } else if (count(request, "Host") != 1 || !access.acceptsHost(host(request.getHeader("Host")))) {
            WebAccess.refuse(response, MISDIRECTED, "This server does not serve the host that the request names");
        } else if (!isUri(request)) {
            WebAccess.refuse(response, HttpServletResponse.SC_BAD_REQUEST, "The path of the request is malformed");
        } else {
            boolean buffers = request.getMethod().equals("GET") && request.getServletPath().equals(WebApplication.PATH);
            BufferedResponse buffered = buffers ? new BufferedResponse(response) : null;
            try {
                filterByOrigin(request, buffers ? buffered : response, chain);
            } finally {
                close(request);
            }
            if (buffers)
                buffered.send(BufferedResponse::sendByIoThread);
        }
    }

    private void filterByOrigin(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String origin = request.getHeader("Origin");
        boolean accepted = origin != null && access.acceptsOrigin(origin);
        response.setHeader("Vary", VARY);
        if (accepted) {
            response.setHeader("Access-Control-Allow-Origin", origin);
            response.setHeader("Access-Control-Expose-Headers", EXPOSED_HEADERS);
        }
        if (origin != null && request.getMethod().equals("OPTIONS") && request.getHeader("Access-Control-Request-Method") != null) {
            // a pre-flight request of a browser (Fetch standard), not one for the capabilities
            if (accepted) {
                response.setHeader("Access-Control-Allow-Methods", METHODS);
                response.setHeader("Access-Control-Allow-Headers", REQUEST_HEADERS);
            }
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } else if (!isLoggedIn(request, response)) {
            return;
        } else if (request.getContentType() != null && MediaType.parse(request.getContentType()).isEmpty()) {
            // Jakarta REST would log what it makes of it, with a stack trace
            WebAccess.refuse(response, HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, "The Content-Type is malformed");
        } else if (READING.contains(request.getMethod())) {
            chain.doFilter(new AnyAccept(request), response);
        } else if (isForeign(request, origin) && !accepted) {
            WebAccess.refuse(response, HttpServletResponse.SC_FORBIDDEN, "Pages of other origins may change nothing here");
        } else if (isForm(request)) {
            WebAccess.refuse(response, HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, "The content type is one that is not accepted here");
        } else if (isEncoded(request)) {
            response.setHeader("Accept-Encoding", IDENTITY);
            WebAccess.refuse(response, HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, "The content coding is not supported");
        } else {
            chain.doFilter(new AnyAccept(request), response);
        }
    }

    /** {@code true}, or the request is answered. */
    private boolean isLoggedIn(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        if (!access.requiresLogin())
            return true;
        Optional<User> user = access.login(request, response);
        user.ifPresent(known -> request.setAttribute(USER, known));
        return user.isPresent();
    }

    /** Who has logged in; {@code null} if nobody has to. */
    static User user(HttpServletRequest request) {
        return (User) request.getAttribute(USER);
    }

    /**
     * A request that says to Jakarta REST that it accepts anything: what it accepts is decided by {@link ContentNegotiation},
     * which ignores what is invalid (PS3.18 8.7.8.1), while Jakarta REST fails.
     */
    private static final class AnyAccept extends HttpServletRequestWrapper {

        private final List<String> accept;

        private AnyAccept(HttpServletRequest request) {
            super(request);
            accept = Collections.list(request.getHeaders("Accept"));
            request.setAttribute(PASSED, this);
        }

        @Override
        public String getHeader(String name) {
            return name.equalsIgnoreCase("Accept") ? "*/*" : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return name.equalsIgnoreCase("Accept") ? Collections.enumeration(List.of("*/*")) : super.getHeaders(name);
        }
    }

    /** The request as this filter has passed it on. Jakarta REST injects a proxy, which looks the request up for each call. */
    static HttpServletRequest passed(HttpServletRequest injected) {
        return (HttpServletRequest) injected.getAttribute(PASSED);
    }

    /** The Accept fields of a request as they came. */
    static List<String> accept(HttpServletRequest request) {
        return ((AnyAccept) request.getAttribute(PASSED)).accept;
    }

    /** Two lengths, or a length beside chunked coding, may mean two requests to a proxy in front (RFC 9112 6.3). */
    private static boolean isOneRequest(HttpServletRequest request) {
        return count(request, "Content-Length") + count(request, "Transfer-Encoding") <= 1;
    }

    /** Jakarta REST fails where a path has characters that it must not have (RFC 3986 3.3). */
    private static boolean isUri(HttpServletRequest request) {
        String path = request.getRequestURI();
        int usual = 0;
        while (usual < path.length() && isUnreserved(path.charAt(usual)))
            usual++;
        if (usual == path.length())
            return true;
        try {
            new URI(request.getRequestURL().toString());
            return true;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** RFC 3986 2.3, and the slash: what nearly all paths consist of. */
    private static boolean isUnreserved(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '-' && c <= '9' || c == '_' || c == '~';
    }

    private static int count(HttpServletRequest request, String name) {
        int count = 0;
        for (Enumeration<String> values = request.getHeaders(name); values.hasMoreElements(); values.nextElement())
            count++;
        return count;
    }

    /** Without the port. */
    static String host(String field) {
        String host = field.strip().toLowerCase(Locale.ROOT);
        int end = host.startsWith("[") ? host.indexOf(']') + 1 : host.indexOf(':');
        return end <= 0 ? host : host.substring(0, end);
    }

    private static boolean isForeign(HttpServletRequest request, String origin) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && (site.equals("cross-site") || site.equals("same-site")))
            return true;
        return origin != null && !origin.equalsIgnoreCase(request.getScheme() + "://" + request.getHeader("Host"));
    }

    private static boolean isForm(HttpServletRequest request) {
        String type = request.getContentType();
        if (type == null)
            return false;
        return MediaType.parse(type).map(parsed -> FORM_TYPES.contains(parsed.name())).orElse(true);
    }

    /** Compressed, for example (RFC 9110 8.4): nothing here would undo that. */
    private static boolean isEncoded(HttpServletRequest request) {
        return Collections.list(request.getHeaders("Content-Encoding")).stream().anyMatch(coding -> !coding.strip().equalsIgnoreCase(IDENTITY));
    }
}

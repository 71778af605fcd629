package org.hpqr.standalone;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hpqr.spi.User;
import org.hpqr.spi.WebAccess;
import org.hpqr.standalone.login.TooManyWrongPasswordsException;
import org.wildfly.security.http.oidc.OidcPrincipal;

/**
 * Requests over HTTP, by the configuration. Whoever can log in has to; where nobody can, only this machine may send requests, or
 * a proxy that has a login.
 */
final class ConfiguredWebAccess implements WebAccess {

    /** RFC 6585 4. */
    private static final int TOO_MANY_REQUESTS = 429;
    /** Where WildFly, as the server has set it up, puts the Authorization field. */
    private static final String MOVED_AUTHORIZATION = "Hpqr-Authorization";

    private final Configuration configuration;
    private final Logins logins;
    private final KeyMaterial keys;
    private volatile boolean open;

    ConfiguredWebAccess(Configuration configuration, Logins logins, KeyMaterial keys) {
        this.configuration = configuration;
        this.logins = logins;
        this.keys = keys;
    }

    /**
     * Requests are answered from now on.
     *
     * @throws ConfigurationException other machines could send some, without login or TLS; or there is no key for TLS
     */
    void open() {
        boolean tls = configuration.get(LoginSettings.HTTPS_PORT) != 0;
        boolean plain = configuration.get(ServerSettings.HTTP_PORT) != 0;
        String address = configuration.get(ServerSettings.HTTP_ADDRESS);
        if (tls)
            keys.checkHttps();
        if ((tls || plain) && !configuration.get(ServerSettings.HTTP_BEHIND_PROXY) && !isLoopback(address))
            requireLoginAndTls(address, tls, plain);
        open = tls || plain;
    }

    private void requireLoginAndTls(String address, boolean tls, boolean plain) {
        List<String> missing = new ArrayList<>();
        if (!logins.exist())
            missing.add("add users (hp-qr.sh user add) or set " + ServerSettings.key(LoginSettings.OIDC_ISSUER));
        if (!tls)
            missing.add("set " + ServerSettings.key(LoginSettings.HTTPS_PORT));
        if (plain)
            missing.add("set " + ServerSettings.key(ServerSettings.HTTP_PORT) + " = 0");
        if (!missing.isEmpty())
            throw new ConfigurationException(ServerSettings.key(ServerSettings.HTTP_ADDRESS) + ": \"" + address
                    + "\" is reachable from other machines, so DICOMweb needs login and TLS: " + String.join(", ", missing)
                    + "; or use 127.0.0.1, or a proxy that provides both and "
                    + ServerSettings.key(ServerSettings.HTTP_BEHIND_PROXY) + " = true");
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
    public boolean requiresLogin() {
        return logins.exist();
    }

    @Override
    public Optional<User> login(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String moved = request.getHeader(MOVED_AUTHORIZATION);
        String credentials = moved != null ? moved : request.getHeader("Authorization");
        Optional<User> user;
        try {
            user = credentials == null ? ofSession(request) : logins.authorized(credentials, request.getRemoteAddr());
        } catch (TooManyWrongPasswordsException e) {
            AuditLog.loginFailed(request.getRemoteAddr());
            response.setHeader("Retry-After", String.valueOf(e.secondsToWait()));
            WebAccess.refuse(response, TOO_MANY_REQUESTS, e.getMessage());
            return Optional.empty();
        }
        Optional<String> loginUrl = logins.haveProvider() && credentials == null ? WebAccess.loginUrl(request) : Optional.empty();
        if (user.isEmpty() && loginUrl.isPresent()) {
            response.sendRedirect(loginUrl.get());
        } else if (user.isEmpty()) {
            if (credentials != null)
                AuditLog.loginFailed(request.getRemoteAddr());
            logins.challenges().forEach(challenge -> response.addHeader("WWW-Authenticate", challenge));
            WebAccess.refuse(response, HttpServletResponse.SC_UNAUTHORIZED, "A login is needed");
        }
        return user;
    }

    /** Whom WildFly has sent to the provider, and remembers; the token is judged as if the browser had sent it. */
    private Optional<User> ofSession(HttpServletRequest request) {
        return request.getUserPrincipal() instanceof OidcPrincipal<?> known ? logins.byToken(known.getOidcSecurityContext().getTokenString())
                : Optional.empty();
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

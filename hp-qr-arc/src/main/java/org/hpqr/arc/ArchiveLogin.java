package org.hpqr.arc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Device;
import org.dcm4chee.arc.conf.ArchiveAEExtension;
import org.dcm4chee.arc.keycloak.KeycloakContext;
import org.hpqr.spi.User;
import org.hpqr.spi.WebAccess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The login of the secured archive: WildFly's OpenID Connect client, for the module {@code hp-qr-web.war} configured as for the
 * archive's own web services. As there, a user has to have the role {@code auth}, or another one that the system property
 * {@code auth-user-role} names, and one of the Accepted User Roles of the AE or the role that {@code super-user-role} names.
 */
@ApplicationScoped
public class ArchiveLogin {

    /** System property of the archive. */
    static final String SUPER_USER_ROLE = "super-user-role";

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveLogin.class);
    /** Attribute of the servlet context that WildFly's client sets. */
    static final String OPENID_CONNECT_CLIENT = "org.wildfly.security.http.oidc.OidcClientContext";
    private static final Pattern AE_TITLE = Pattern.compile("/aets/([^/]+)/.*");

    /** What the token of a request says. */
    record Token(String userName, List<String> roles) {
    }

    private Device device;
    private Function<HttpServletRequest, Optional<Token>> tokens;
    private final AtomicBoolean missing = new AtomicBoolean();

    /** For the container. */
    ArchiveLogin() {
    }

    @Inject
    ArchiveLogin(Device device) {
        this(device, ArchiveLogin::tokenOf);
    }

    ArchiveLogin(Device device, Function<HttpServletRequest, Optional<Token>> tokens) {
        this.device = device;
        this.tokens = tokens;
    }

    private static Optional<Token> tokenOf(HttpServletRequest request) {
        KeycloakContext context = KeycloakContext.valueOf(request);
        return context.isSecured() ? Optional.of(new Token(context.getUserName(), List.of(context.getRoles()))) : Optional.empty();
    }

    /**
     * Finds out who sends a request.
     *
     * @return empty if the request was answered: by a redirect to the login or 401; with 403, if the user has not the roles; with
     *         503, if no login is configured
     */
    Optional<User> login(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getServletContext().getAttribute(OPENID_CONNECT_CLIENT) == null) {
            if (!missing.getAndSet(true))
                LOG.warn("The archive is secured, but no login is configured for hp-qr-web.war: requests over HTTP are refused");
            WebAccess.refuse(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "No login is configured");
            return Optional.empty();
        }
        Optional<Token> token = tokens.apply(request);
        if (token.isEmpty()) {
            askForLogin(request, response);
            return Optional.empty();
        }
        List<String> roles = token.get().roles();
        boolean superUser = roles.contains(System.getProperty(SUPER_USER_ROLE));
        if (!roles.contains(System.getProperty("auth-user-role", "auth")) || !superUser && !isAccepted(request.getRequestURI(), roles)) {
            WebAccess.refuse(response, HttpServletResponse.SC_FORBIDDEN, "The user has no role that is accepted here");
            return Optional.empty();
        }
        return Optional.of(new User(token.get().userName(), Set.copyOf(roles), true));
    }

    /** A person is sent to the login; a program has to bring a token. */
    private static void askForLogin(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<String> login = WebAccess.loginUrl(request);
        if (login.isPresent()) {
            response.sendRedirect(login.get());
        } else {
            response.setHeader("WWW-Authenticate", "Bearer");
            WebAccess.refuse(response, HttpServletResponse.SC_UNAUTHORIZED, "A login is required");
        }
    }

    /** Accepted User Role of the AE that is called. */
    private boolean isAccepted(String path, List<String> roles) {
        Matcher matcher = AE_TITLE.matcher(path.substring(Math.max(0, path.indexOf("/aets/"))));
        ApplicationEntity ae = matcher.matches() ? device.getApplicationEntity(matcher.group(1), true) : null;
        ArchiveAEExtension extension = ae == null ? null : ae.getAEExtension(ArchiveAEExtension.class);
        return extension == null || extension.isAcceptedUserRole(roles.toArray(String[]::new));
    }
}

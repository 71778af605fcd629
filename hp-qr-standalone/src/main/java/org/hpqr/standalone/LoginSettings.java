package org.hpqr.standalone;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.hpqr.spi.Setting;

/** The settings of users, and of how they log in. */
final class LoginSettings {

    private static final URI NONE = URI.create("");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    static final Setting<Integer> HTTPS_PORT = Setting.number("https-port", 0, 0, 65_535,
            "The TCP port for DICOMweb over TLS; 0 for none; it needs tls-keystore");
    static final Setting<Path> USERS_FILE = new Setting<>("users-file", Path.of("users"),
            "a file; a relative path is below the data directory",
            "The users with their passwords and roles, as hp-qr.sh user writes them; if it exists, users must log in to DICOMweb",
            ServerSettings::path);
    static final Setting<URI> OIDC_ISSUER = new Setting<>("oidc-issuer", NONE,
            "an https URL without a slash at the end, or an http URL of this machine; none for none",
            "The OpenID Connect provider whose tokens are accepted; if it is set, users must log in to DICOMweb", LoginSettings::issuer);
    static final Setting<String> OIDC_AUDIENCE = Setting.text("oidc-audience", "hp-qr", "a client name",
            "The name of this server at the provider; a token must name it as audience (aud) or authorized party (azp)");
    static final Setting<String> OIDC_USER_CLAIM = Setting.text("oidc-user-claim", "preferred_username", "the name of a claim",
            "The claim of a token that is the user name");
    static final Setting<String> OIDC_ROLES_CLAIM = Setting.text("oidc-roles-claim", "realm_access.roles",
            "the name of a claim, with dots into objects", "The claim of a token that lists the roles of the user");

    static final List<Setting<?>> ALL = List.of(HTTPS_PORT, USERS_FILE, OIDC_ISSUER, OIDC_AUDIENCE, OIDC_USER_CLAIM, OIDC_ROLES_CLAIM);

    private LoginSettings() {
    }

    /** Keys that come over a network without TLS could be anybody's. */
    private static URI issuer(String text) {
        URI issuer = URI.create(text);
        String host = issuer.getHost();
        boolean secure = host != null
                && ("https".equals(issuer.getScheme()) || "http".equals(issuer.getScheme()) && LOOPBACK.contains(host));
        if (!secure || text.endsWith("/") || issuer.getQuery() != null || issuer.getFragment() != null)
            throw new IllegalArgumentException("not such a URL");
        return issuer;
    }
}

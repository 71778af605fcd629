package org.hpqr.standalone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hpqr.spi.User;
import org.hpqr.standalone.login.PasswordLogin;
import org.hpqr.standalone.login.TokenLogin;
import org.hpqr.standalone.login.TooManyWrongPasswordsException;

/** How users prove who they are, as it is configured: by passwords in a file, by tokens of a provider, by both or not at all. */
final class Logins {

    /** Nobody can log in. */
    static final Logins NONE = new Logins(null, null);

    private static final String BASIC = "basic ";
    private static final String BEARER = "bearer ";

    /** {@code null} for none. */
    private final PasswordLogin passwords;
    private final TokenLogin tokens;

    private Logins(PasswordLogin passwords, TokenLogin tokens) {
        this.passwords = passwords;
        this.tokens = tokens;
    }

    /**
     * Takes what is configured.
     *
     * @param dataDirectory where a relative path begins
     * @throws ConfigurationException the users file cannot be read
     */
    static Logins of(Configuration configuration, Path dataDirectory) {
        Path file = dataDirectory.resolve(configuration.get(LoginSettings.USERS_FILE));
        PasswordLogin passwords = null;
        try {
            if (Files.exists(file))
                passwords = new PasswordLogin(file);
        } catch (IOException e) {
            throw new ConfigurationException(ServerSettings.key(LoginSettings.USERS_FILE) + ": " + e.getMessage(), e);
        }
        TokenLogin tokens = null;
        if (configuration.get(LoginSettings.OIDC_ISSUER).isAbsolute())
            tokens = new TokenLogin(new TokenLogin.Provider(configuration.get(LoginSettings.OIDC_ISSUER),
                    configuration.get(LoginSettings.OIDC_AUDIENCE), configuration.get(LoginSettings.OIDC_USER_CLAIM),
                    configuration.get(LoginSettings.OIDC_ROLES_CLAIM)), new KeyMaterial(configuration, dataDirectory).providerTls());
        return new Logins(passwords, tokens);
    }

    /** Says whether anybody can log in. */
    boolean exist() {
        return passwords != null || tokens != null;
    }

    /** Says whether there is a provider that a browser can be sent to. */
    boolean haveProvider() {
        return tokens != null;
    }

    /** What an answer with status 401 says of how to log in (RFC 7617, RFC 6750). */
    List<String> challenges() {
        List<String> challenges = new ArrayList<>();
        if (tokens != null)
            challenges.add("Bearer realm=\"hp-qr\"");
        if (passwords != null)
            challenges.add("Basic realm=\"hp-qr\", charset=\"UTF-8\"");
        return challenges;
    }

    /**
     * The user whom an Authorization field proves.
     *
     * @param address IP address of who sends it, as text
     * @throws TooManyWrongPasswordsException as {@link #byPassword}
     */
    Optional<User> authorized(String field, String address) throws TooManyWrongPasswordsException {
        String scheme = field.toLowerCase(Locale.ROOT);
        if (scheme.startsWith(BEARER))
            return byToken(field.substring(BEARER.length()).strip());
        return scheme.startsWith(BASIC) ? basic(field.substring(BASIC.length()).strip(), address) : Optional.empty();
    }

    private Optional<User> basic(String credentials, String address) throws TooManyWrongPasswordsException {
        try {
            String text = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            int end = text.indexOf(':');
            return end < 0 ? Optional.empty() : byPassword(text.substring(0, end), text.substring(end + 1).toCharArray(), address);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * The user with this name and password.
     *
     * @param address IP address of who gives the password, as text
     * @throws TooManyWrongPasswordsException too many wrong ones came from there
     */
    Optional<User> byPassword(String name, char[] password, String address) throws TooManyWrongPasswordsException {
        return passwords == null ? Optional.empty() : passwords.verify(name, password, address);
    }

    /** The user of a token. */
    Optional<User> byToken(String token) {
        return tokens == null ? Optional.empty() : tokens.verify(token);
    }

    /** Somebody whom a peer calls so, not verified. */
    User named(String name) {
        return Optional.ofNullable(passwords).flatMap(file -> file.named(name)).orElse(new User(name, Set.of(), false));
    }
}

package org.hpqr.arc;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.KeycloakClient;
import org.hpqr.spi.User;
import org.hpqr.status.CauseText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The user whom a user name and a passcode (PS3.7 D.3.3.7) belong to, with the roles: Keycloak is asked for a token (RFC 6749
 * section 4.3), as the archive asks it to verify both. The archive does not keep what it was told of the roles.
 */
final class PasswordGrant {

    private static final Logger LOG = LoggerFactory.getLogger(PasswordGrant.class);
    private static final int TIMEOUT_MILLIS = 10_000;
    /** Bytes of an answer; more are not read. */
    private static final int MAX_ANSWER = 65_536;

    private PasswordGrant() {
    }

    /** The user; empty if Keycloak cannot be asked, or gives no token. */
    static Optional<User> userOf(Device device, KeycloakClient client, String name, char[] passcode) {
        try {
            return JwtClaims.userOf(token(device, client, name, passcode));
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            LOG.warn("Keycloak {} gives no token for a user with a passcode; the user has no roles: {}", client.getKeycloakServerURL(),
                    CauseText.of(e));
            return Optional.empty();
        }
    }

    private static String token(Device device, KeycloakClient client, String name, char[] passcode)
            throws IOException, GeneralSecurityException {
        HttpURLConnection connection = (HttpURLConnection) URI.create(client.getKeycloakServerURL() + "/realms/"
                + client.getKeycloakRealm() + "/protocol/openid-connect/token").toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        connection.setInstanceFollowRedirects(false);
        connection.setDoOutput(true);
        if (connection instanceof HttpsURLConnection https)
            secure(https, device, client);
        try {
            try (OutputStream out = connection.getOutputStream()) {
                out.write(form(client, name, passcode).getBytes(StandardCharsets.UTF_8));
            }
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK)
                throw new IOException("Status " + connection.getResponseCode());
            try (InputStream in = connection.getInputStream();
                    JsonReader reader = Json.createReader(new ByteArrayInputStream(in.readNBytes(MAX_ANSWER)))) {
                return reader.readObject().getString("access_token");
            }
        } finally {
            connection.disconnect();
        }
    }

    private static String form(KeycloakClient client, String name, char[] passcode) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant_type", "password");
        fields.put("client_id", client.getKeycloakClientID());
        if (client.getKeycloakClientSecret() != null)
            fields.put("client_secret", client.getKeycloakClientSecret());
        fields.put("username", name);
        fields.put("password", new String(passcode));
        return fields.entrySet().stream().map(field -> field.getKey() + '=' + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** The certificates that the device trusts, unless the client says that any will do. */
    private static void secure(HttpsURLConnection connection, Device device, KeycloakClient client)
            throws IOException, GeneralSecurityException {
        SSLContext context = device.sslContext();
        if (client.isTLSDisableTrustManager()) {
            context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[]{new AnyCertificate()}, null);
        }
        connection.setSSLSocketFactory(context.getSocketFactory());
        if (client.isTLSAllowAnyHostname())
            connection.setHostnameVerifier((host, session) -> true);
    }

    private static final class AnyCertificate implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

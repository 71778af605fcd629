package org.hpqr.it.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hpqr.testkit.FreePort;
import org.hpqr.testkit.server.ExternalProcess;

/** A Keycloak of its own, with the realm of src/test/keycloak. */
final class KeycloakServer implements AutoCloseable {

    private static final Path HOME = Path.of(System.getProperty("it.keycloak", "none"));
    private static final String REALM = "hospital-realm.json";
    private static final Pattern ACCESS_TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");

    private final int port = FreePort.find();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ExternalProcess process;

    /** Starts it and waits until it answers. */
    KeycloakServer() throws IOException {
        Path realm = Files.createDirectories(HOME.resolve("data/import")).resolve(REALM);
        Files.copy(Path.of("src/test/keycloak").resolve(REALM), realm, StandardCopyOption.REPLACE_EXISTING);
        process = new ExternalProcess(HOME, Map.of("JAVA_OPTS_APPEND", "-Xmx512m"), List.of("bash", HOME.resolve("bin/kc.sh").toString(),
                "start-dev", "--import-realm", "--http-host=127.0.0.1", "--http-port=" + port, "--http-management-port=" + FreePort.find()));
        try {
            // the first start after unpacking builds the server, which takes a minute
            process.awaitLine(line -> line.startsWith("Running the server in development mode"));
            process.awaitLine(line -> line.contains("Listening on: http://127.0.0.1:" + port));
        } catch (AssertionError e) {
            process.close();
            throw e;
        }
    }

    /** URL of the realm. */
    String issuer() {
        return "http://127.0.0.1:" + port + "/realms/hospital";
    }

    /** Logs a user in, as a viewer does (RFC 6749 4.3), and returns the access token. */
    String token(String client, String user) {
        String form = Map.of("client_id", client, "grant_type", "password", "username", user, "password", password(user)).entrySet().stream()
                .map(field -> field.getKey() + '=' + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&"));
        try {
            HttpResponse<String> response = http.send(HttpRequest.newBuilder(URI.create(issuer() + "/protocol/openid-connect/token"))
                    .header("Content-Type", "application/x-www-form-urlencoded").POST(HttpRequest.BodyPublishers.ofString(form)).build(),
                    HttpResponse.BodyHandlers.ofString());
            Matcher token = ACCESS_TOKEN.matcher(response.body());
            if (!token.find())
                throw new AssertionError(response.statusCode() + ": " + response.body());
            return token.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The password of a user in the realm. */
    static String password(String user) {
        return "secret of " + user;
    }

    @Override
    public void close() {
        process.close();
    }
}

package org.hpqr.arc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.dcm4che3.net.KeycloakClient;
import org.hpqr.testkit.tls.NodeKey;

/** The token endpoint of a Keycloak whose realm has one user: anna, password "s&cret", with the role CT_READERS. */
final class TokenEndpoint implements AutoCloseable {

    static final String PASSWORD = "s&cret";

    private final HttpServer server;
    private final String scheme;
    /** The forms that were sent. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    TokenEndpoint() throws IOException {
        this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), "http");
    }

    /** With TLS. */
    TokenEndpoint(NodeKey key) throws Exception {
        this(tls(key), "https");
    }

    private TokenEndpoint(HttpServer server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        server.createContext("/realms/hospital/protocol/openid-connect/token", this::answer);
        server.start();
    }

    private static HttpServer tls(NodeKey key) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(key.keystore())) {
            store.load(in, NodeKey.PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, NodeKey.PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return server;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String form = URLDecoder.decode(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).replace("%26", "and"),
                StandardCharsets.UTF_8);
        requests.add(form);
        boolean right = form.endsWith("&username=anna&password=" + PASSWORD.replace("&", "and"));
        String claims = """
                {"preferred_username": "anna", "realm_access": {"roles": ["CT_READERS"]}}""";
        byte[] body = (right ? "{\"access_token\": \"e30." + Base64.getUrlEncoder().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".x\"}" : "{\"error\": \"invalid_grant\"}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(right ? 200 : 401, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** @param id of the client */
    KeycloakClient client(String id) {
        return client(id, "127.0.0.1");
    }

    KeycloakClient client(String id, String host) {
        KeycloakClient client = new KeycloakClient(id);
        client.setKeycloakServerURL(scheme + "://" + host + ':' + server.getAddress().getPort());
        client.setKeycloakRealm("hospital");
        return client;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

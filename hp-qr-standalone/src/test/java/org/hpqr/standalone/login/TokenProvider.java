package org.hpqr.standalone.login;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** As much of an OpenID Connect provider as the server asks for: its configuration and its keys. */
public final class TokenProvider implements AutoCloseable {

    /** To find a key takes seconds. */
    private static final RsaJsonWebKey KEY = newKey("1");
    /** Of somebody else. */
    static final RsaJsonWebKey OTHER_KEY = newKey("2");

    private final HttpServer http;
    /** How often the keys were fetched. */
    final AtomicInteger fetched = new AtomicInteger();
    /** How often the configuration was fetched. */
    final AtomicInteger asked = new AtomicInteger();
    volatile JsonWebKey published = KEY;
    volatile int status = 200;
    volatile String namedIssuer;
    /** Before its configuration. */
    volatile String padding = "";

    public TokenProvider() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/realm/.well-known/openid-configuration", exchange -> {
            asked.incrementAndGet();
            answer(exchange, padding + "{\"issuer\":\"" + (namedIssuer == null ? issuer() : namedIssuer) + "\",\"jwks_uri\":\"" + issuer()
                    + "/keys\"}");
        });
        http.createContext("/realm/keys", exchange -> {
            fetched.incrementAndGet();
            answer(exchange, new JsonWebKeySet(published).toJson(JsonWebKey.OutputControlLevel.INCLUDE_SYMMETRIC));
        });
        http.start();
    }

    private static RsaJsonWebKey newKey(String id) {
        try {
            RsaJsonWebKey made = RsaJwkGenerator.generateJwk(2048);
            made.setKeyId(id);
            return made;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(HttpExchange exchange, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    public String issuer() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/realm";
    }

    /** What verifies its tokens. */
    public TokenLogin login() throws Exception {
        return login(System::nanoTime);
    }

    /** The same, with a clock. */
    TokenLogin login(LongSupplier nanoTime) throws Exception {
        return new TokenLogin(new TokenLogin.Provider(URI.create(issuer()), "hp-qr", "preferred_username", "realm_access.roles"),
                SSLContext.getDefault(), nanoTime);
    }

    RsaJsonWebKey key() {
        return KEY;
    }

    /** Claims of a token that is valid. */
    public JwtClaims claims(String user, String... roles) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(issuer());
        claims.setAudience("account", "hp-qr");
        claims.setExpirationTime(NumericDate.fromSeconds(NumericDate.now().getValue() + 600));
        claims.setStringClaim("preferred_username", user);
        claims.setClaim("realm_access", Map.of("roles", List.of(roles)));
        return claims;
    }

    /** Signs claims. */
    public String token(JwtClaims claims) throws JoseException {
        return token(claims, KEY, KEY.getKeyId());
    }

    static String token(JwtClaims claims, RsaJsonWebKey key, String keyId) throws JoseException {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKey(key.getPrivateKey());
        signature.setKeyIdHeaderValue(keyId);
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        return signature.getCompactSerialization();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}

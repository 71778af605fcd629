package org.hpqr.standalone.login;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.hpqr.spi.User;
import org.jose4j.http.SimpleGet;
import org.jose4j.http.SimpleResponse;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.Validator;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies JSON Web Tokens (RFC 7519) by the keys that an OpenID Connect provider publishes: signature, issuer, time, and that
 * the token was made for this server.
 */
public final class TokenLogin {

    private static final Logger LOG = LoggerFactory.getLogger(TokenLogin.class);

    /** Those of public keys; never {@code none}, nor those of a secret that the provider would have to share. */
    private static final AlgorithmConstraints ALGORITHMS = new AlgorithmConstraints(ConstraintType.PERMIT,
            AlgorithmIdentifiers.RSA_USING_SHA256, AlgorithmIdentifiers.RSA_USING_SHA384, AlgorithmIdentifiers.RSA_USING_SHA512,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA256, AlgorithmIdentifiers.RSA_PSS_USING_SHA384,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA512, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
            AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384, AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512);
    /** OpenID Connect Discovery 1.0, 4. */
    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final int CLOCK_SKEW_SECONDS = 30;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_DOCUMENT = 1 << 20;
    /** A token with a key that nobody knows makes the keys be fetched again, but not more often than this. */
    private static final long MIN_REFRESH_MILLIS = 30_000;
    /** A provider that does not answer is not asked for each token. */
    static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final String AUTHORIZED_PARTY = "azp";

    private final Provider provider;
    private final HttpClient http;
    private final LongSupplier nanoTime;
    private JwtConsumer consumer;
    private long nextAttempt;

    /**
     * What is expected of tokens.
     *
     * @param issuer     URL of the provider, without a slash at the end
     * @param audience   name of this server at the provider: a token is for it that names it as audience or authorized party
     * @param userClaim  claim with the user's name
     * @param rolesClaim claim with the roles, dots between the names of objects within each other
     */
    public record Provider(URI issuer, String audience, String userClaim, String rolesClaim) {
    }

    /** @param tls the certificates that the provider's is verified by */
    public TokenLogin(Provider provider, SSLContext tls) {
        this(provider, tls, System::nanoTime);
    }

    /** As the other constructor, with a clock. */
    TokenLogin(Provider provider, SSLContext tls, LongSupplier nanoTime) {
        this.provider = provider;
        this.nanoTime = nanoTime;
        nextAttempt = nanoTime.getAsLong();
        http = HttpClient.newBuilder().connectTimeout(TIMEOUT).sslContext(tls).build();
    }

    /** The user whom a token names; empty if it is not valid here and now. */
    public Optional<User> verify(String token) {
        try {
            return Optional.of(user(consumer().processToClaims(token)));
        } catch (InvalidJwtException | MalformedClaimException e) {
            // what it says of the token is for the log at DEBUG only: a token is as good as a password
            LOG.info("A token is not valid: {}", reason(e));
            LOG.debug("A token is not valid", e);
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("Tokens of {} cannot be verified: {}", provider.issuer(), e.toString());
            return Optional.empty();
        }
    }

    private static String reason(Exception e) {
        return e instanceof InvalidJwtException invalid
                ? invalid.getErrorDetails().stream().map(error -> String.valueOf(error.getErrorCode())).collect(Collectors.joining(", ", "error ", ""))
                : e.getClass().getSimpleName();
    }

    private synchronized JwtConsumer consumer() throws IOException {
        if (consumer != null)
            return consumer;
        long now = nanoTime.getAsLong();
        if (now - nextAttempt < 0)
            throw new IOException("its configuration could not be fetched");
        nextAttempt = now + RETRY_NANOS;
        HttpsJwks keys = new HttpsJwks(keysUrl());
        keys.setSimpleHttpGet(this::get);
        keys.setRefreshReprieveThreshold(MIN_REFRESH_MILLIS);
        consumer = new JwtConsumerBuilder().setJwsAlgorithmConstraints(ALGORITHMS)
                .setVerificationKeyResolver(new HttpsJwksVerificationKeyResolver(keys))
                .setExpectedIssuer(provider.issuer().toString())
                .setRequireExpirationTime().setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
                .setSkipDefaultAudienceValidation()
                .registerValidator((Validator) context -> isForThisServer(context.getJwtClaims()) ? null : "not for " + provider.audience())
                .build();
        return consumer;
    }

    private boolean isForThisServer(JwtClaims claims) throws MalformedClaimException {
        return claims.hasAudience() && claims.getAudience().contains(provider.audience())
                || provider.audience().equals(claims.getClaimValue(AUTHORIZED_PARTY));
    }

    private String keysUrl() throws IOException {
        SimpleResponse document = get(provider.issuer() + DISCOVERY);
        if (document.getStatusCode() != 200)
            throw new IOException("status " + document.getStatusCode() + " of its configuration");
        try {
            Map<String, Object> configuration = JsonUtil.parseJson(document.getBody());
            if (!provider.issuer().toString().equals(configuration.get("issuer")))
                throw new IOException("its configuration names another issuer");
            return URI.create(String.valueOf(configuration.get("jwks_uri"))).toString();
        } catch (JoseException | IllegalArgumentException e) {
            throw new IOException("its configuration is malformed", e);
        }
    }

    private SimpleResponse get(String location) throws IOException {
        try {
            HttpResponse<InputStream> response = http.send(HttpRequest.newBuilder(URI.create(location)).timeout(TIMEOUT).build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                byte[] bytes = body.readNBytes(MAX_DOCUMENT);
                return new Document(response, new String(bytes, StandardCharsets.UTF_8));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** An answer of the provider, as jose4j takes it. */
    private record Document(HttpResponse<?> response, String text) implements SimpleResponse {

        @Override
        public int getStatusCode() {
            return response.statusCode();
        }

        @Override
        public String getStatusMessage() {
            return "";
        }

        @Override
        public Collection<String> getHeaderNames() {
            return response.headers().map().keySet();
        }

        @Override
        public List<String> getHeaderValues(String name) {
            return response.headers().allValues(name);
        }

        @Override
        public String getBody() {
            return text;
        }
    }

    private User user(JwtClaims claims) throws MalformedClaimException {
        String name = claims.getStringClaimValue(provider.userClaim());
        if (name == null || name.isBlank())
            throw new MalformedClaimException("no " + provider.userClaim());
        return new User(name, roles(claims), true);
    }

    private Set<String> roles(JwtClaims claims) {
        Object value = claims.getClaimsMap();
        for (String key : provider.rolesClaim().split("\\."))
            value = value instanceof Map<?, ?> object ? object.get(key) : null;
        return value instanceof Collection<?> several ? several.stream().map(String::valueOf).collect(Collectors.toSet()) : Set.of();
    }
}

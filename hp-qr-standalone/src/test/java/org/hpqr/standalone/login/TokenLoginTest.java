package org.hpqr.standalone.login;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hpqr.spi.User;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.OctJwkGenerator;
import org.jose4j.jwk.OctetSequenceJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens are accepted (RFC 7519, RFC 8725). */
class TokenLoginTest {

    private TokenProvider provider;
    private TokenLogin login;

    @BeforeEach
    void start() throws Exception {
        provider = new TokenProvider();
        login = provider.login();
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void aValidTokenNamesUserAndRoles() throws Exception {
        assertEquals(Optional.of(new User("anna", Set.of("READERS", "group-manager"), true)),
                login.verify(provider.token(provider.claims("anna", "READERS", "group-manager"))));
    }

    @Test
    void theAuthorizedPartyMayBeThisServer() throws Exception {
        JwtClaims claims = provider.claims("anna");
        claims.setAudience("account");
        claims.setStringClaim("azp", "hp-qr");

        assertEquals("anna", login.verify(provider.token(claims)).orElseThrow().name());
    }

    static Stream<Arguments> wrongClaims() {
        return Stream.of(
                wrong("expired", claims -> claims.setExpirationTime(NumericDate.fromSeconds(NumericDate.now().getValue() - 60))),
                wrong("without end", claims -> claims.unsetClaim("exp")),
                wrong("not yet valid", claims -> claims.setNotBefore(NumericDate.fromSeconds(NumericDate.now().getValue() + 60))),
                wrong("of another issuer", claims -> claims.setIssuer("http://127.0.0.1:1/realm")),
                wrong("without issuer", claims -> claims.unsetClaim("iss")),
                wrong("for another server", claims -> claims.setAudience("other")),
                wrong("for nobody", claims -> claims.unsetClaim("aud")),
                wrong("without user", claims -> claims.unsetClaim("preferred_username")),
                wrong("user is empty", claims -> claims.setStringClaim("preferred_username", "")),
                wrong("user is blank", claims -> claims.setStringClaim("preferred_username", " ")),
                wrong("user is a number", claims -> claims.setClaim("preferred_username", 1)));
    }

    private static Arguments wrong(String name, Consumer<JwtClaims> change) {
        return Arguments.of(name, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongClaims")
    void isRefused(String name, Consumer<JwtClaims> change) throws Exception {
        JwtClaims claims = provider.claims("anna");
        change.accept(claims);

        assertEquals(Optional.empty(), login.verify(provider.token(claims)), name);
    }

    @Test
    void aTokenThatSomebodyElseHasSignedIsRefused() throws Exception {
        assertEquals(Optional.empty(), login.verify(TokenProvider.token(provider.claims("anna"), TokenProvider.OTHER_KEY, "1")));
    }

    /** RFC 8725 2.1: no signature, and the public key taken for a secret. */
    @Test
    void otherAlgorithmsAreRefused() throws Exception {
        JsonWebSignature none = new JsonWebSignature();
        none.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        none.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
        none.setPayload(provider.claims("anna").toJson());
        assertEquals(Optional.empty(), login.verify(none.getCompactSerialization()));

        JsonWebSignature secret = new JsonWebSignature();
        secret.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        secret.setKeyIdHeaderValue("1");
        secret.setKey(new HmacKey(provider.key().getPublicKey().getEncoded()));
        secret.setPayload(provider.claims("anna").toJson());
        assertEquals(Optional.empty(), login.verify(secret.getCompactSerialization()));
    }

    /** A secret is known to all whom the provider sends it: each of them could make tokens (RFC 8725 3.2). */
    @Test
    void aSecretThatTheProviderPublishesIsNoKey() throws Exception {
        OctetSequenceJsonWebKey secret = OctJwkGenerator.generateJwk(256);
        secret.setKeyId("3");
        provider.published = secret;
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        signature.setKeyIdHeaderValue("3");
        signature.setKey(secret.getKey());
        signature.setPayload(provider.claims("anna").toJson());

        assertEquals(Optional.empty(), login.verify(signature.getCompactSerialization()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b.c", "eyJhbGciOiJSUzI1NiJ9.e30.AAAA", "\u0000"})
    void whatIsNoTokenIsRefused(String text) {
        assertEquals(Optional.empty(), login.verify(text));
    }

    @Test
    void rolesThatAreNoListAreNone() throws Exception {
        JwtClaims claims = provider.claims("anna");
        claims.setClaim("realm_access", List.of("administrator"));

        assertEquals(Set.of(), login.verify(provider.token(claims)).orElseThrow().roles());
    }

    /** Else anybody could have the provider asked as often as he sends tokens. */
    @Test
    void unknownKeysAreNotAskedForAgainAndAgain() throws Exception {
        login.verify(provider.token(provider.claims("anna")));
        for (int i = 0; i < 5; i++)
            assertEquals(Optional.empty(), login.verify(TokenProvider.token(provider.claims("anna"), TokenProvider.OTHER_KEY, "2")));

        assertEquals(1, provider.fetched.get());
    }

    @Test
    void nobodyLogsInIfTheProviderFails() throws Exception {
        provider.status = 500;
        assertEquals(Optional.empty(), login.verify(provider.token(provider.claims("anna"))));
    }

    @Test
    void aProviderThatFailsIsNotAskedForEachToken() throws Exception {
        AtomicLong now = new AtomicLong();
        TokenLogin clocked = provider.login(now::get);
        String token = provider.token(provider.claims("anna"));
        provider.status = 500;
        assertEquals(Optional.empty(), clocked.verify(token));
        provider.status = 200;

        now.set(TokenLogin.RETRY_NANOS - 1);
        assertEquals(Optional.empty(), clocked.verify(token));
        assertEquals(1, provider.asked.get());

        now.set(TokenLogin.RETRY_NANOS);
        assertEquals("anna", clocked.verify(token).orElseThrow().name());
    }

    @Test
    void aConfigurationOfAnotherIssuerIsNotTrusted() throws Exception {
        provider.namedIssuer = "https://other.example";
        assertEquals(Optional.empty(), login.verify(provider.token(provider.claims("anna"))));
    }

    @Test
    void nobodyLogsInByAConfigurationWithoutEnd() throws Exception {
        provider.padding = " ".repeat(1 << 20);
        assertEquals(Optional.empty(), login.verify(provider.token(provider.claims("anna"))));
    }
}

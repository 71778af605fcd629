package org.hpqr.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which OpenID Connect providers can be trusted (OpenID Connect Discovery 1.0, 4 and 7). */
class LoginSettingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"https://idp.example", "https://idp.example:8443/realms/hospital", "http://localhost:8080/realm",
        "http://127.0.0.1:8080/realm", "http://[::1]:8080/realm"})
    void isAnIssuer(String text) {
        assertEquals(URI.create(text), LoginSettings.OIDC_ISSUER.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://idp.example/realm", "ftp://localhost/realm", "ftp://idp.example/realm", "idp.example/realm",
        "https:///realm", "https:realm", "http:///realm", "http:realm", "https://idp.example/realm/", "https://idp.example/realm?a=b",
        "https://idp.example/realm#a", "https://idp.example/a b"})
    void isNoIssuer(String text) {
        assertThrows(IllegalArgumentException.class, () -> LoginSettings.OIDC_ISSUER.parse(text));
    }
}

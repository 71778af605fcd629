package org.hpqr.arc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.KeycloakClient;
import org.hpqr.spi.User;
import org.hpqr.testkit.tls.NodeKey;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordGrantTest {

    private static final Optional<User> ANNA = Optional.of(new User("anna", Set.of("CT_READERS"), true));

    private final Device device = new Device("dcm4chee-arc");

    @Test
    @DisplayName("a user with a passcode has the roles of the token that Keycloak gives (RFC 6749 4.3)")
    void roles() throws Exception {
        try (TokenEndpoint keycloak = new TokenEndpoint()) {
            KeycloakClient client = keycloak.client("hp-qr");
            assertEquals(ANNA, userOf(client, TokenEndpoint.PASSWORD));
            client.setKeycloakClientSecret("known");
            assertEquals(ANNA, userOf(client, TokenEndpoint.PASSWORD));

            assertEquals(List.of("grant_type=password&client_id=hp-qr&username=anna&password=sandcret",
                    "grant_type=password&client_id=hp-qr&client_secret=known&username=anna&password=sandcret"), keycloak.requests);
        }
    }

    @Test
    @DisplayName("who gets no token is nobody")
    void refused() throws Exception {
        TokenEndpoint keycloak = new TokenEndpoint();
        try (keycloak) {
            assertEquals(Optional.empty(), userOf(keycloak.client("hp-qr"), "wrong"));
        }
        assertEquals(Optional.empty(), userOf(keycloak.client("hp-qr"), TokenEndpoint.PASSWORD), "the endpoint is closed");
    }

    @Test
    @DisplayName("over TLS, certificate and host name count as the Keycloak client says")
    void tls(@TempDir Path directory) throws Exception {
        NodeKey key = NodeKey.make(directory, "keycloak", "PKCS12");
        device.setTrustStoreURL(NodeKey.truststore(directory.resolve("trusted.p12"), key).toUri().toString());
        device.setTrustStoreType("PKCS12");
        device.setTrustStorePin(NodeKey.PASSWORD);
        try (TokenEndpoint keycloak = new TokenEndpoint(key)) {
            assertEquals(ANNA, userOf(keycloak.client("hp-qr"), TokenEndpoint.PASSWORD));
            KeycloakClient otherName = keycloak.client("hp-qr", "localhost");
            assertEquals(Optional.empty(), userOf(otherName, TokenEndpoint.PASSWORD), "the certificate is for 127.0.0.1");
            otherName.setTLSAllowAnyHostname(true);
            assertEquals(ANNA, userOf(otherName, TokenEndpoint.PASSWORD));

            device.setTrustStoreURL(NodeKey.truststore(directory.resolve("other.p12"),
                    NodeKey.make(directory, "other", "PKCS12")).toUri().toString());
            assertEquals(Optional.empty(), userOf(keycloak.client("hp-qr"), TokenEndpoint.PASSWORD), "nobody trusts it");
            KeycloakClient trusting = keycloak.client("hp-qr");
            trusting.setTLSDisableTrustManager(true);
            assertEquals(ANNA, userOf(trusting, TokenEndpoint.PASSWORD));
        }
    }

    private Optional<User> userOf(KeycloakClient client, String passcode) {
        return PasswordGrant.userOf(device, client, "anna", passcode.toCharArray());
    }
}

package org.hpqr.arc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.KeycloakClient;
import org.dcm4che3.net.pdu.UserIdentityRQ;
import org.dcm4chee.arc.conf.ArchiveAEExtension;
import org.dcm4chee.arc.conf.UserIdentityNegotiation;
import org.hpqr.spi.User;
import org.hpqr.testkit.FreePort;
import org.hpqr.testkit.archive.ArchiveDevice;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchiveAccessPolicyTest {

    private final Device device = ArchiveDevice.create("dcm4chee-arc", FreePort.find());
    private final ArchiveAccessPolicy policy = new ArchiveAccessPolicy(device);

    @Test
    @DisplayName("without Accepted Move Destinations every destination is accepted, with them only those")
    void moveDestinations() throws Exception {
        ArchiveAEExtension ae = ArchiveDevice.addAE(device, "DCM4CHEE").getAEExtension(ArchiveAEExtension.class);
        try (Caller caller = new Caller(device, "DCM4CHEE")) {
            assertTrue(policy.mayMoveTo(caller.accepted(), "ANY"));
            ae.setAcceptedMoveDestinations("VIEWER");
            assertTrue(policy.mayMoveTo(caller.accepted(), "VIEWER"));
            assertFalse(policy.mayMoveTo(caller.accepted(), "ANY"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("identities")
    @DisplayName("a user is verified if the archive has asked its Keycloak (PS3.7 D.3.3.7)")
    void user(String name, UserIdentityRQ identity, Optional<User> asked, Optional<User> notAsked) throws Exception {
        ArchiveAEExtension ae = ArchiveDevice.addAE(device, "DCM4CHEE").getAEExtension(ArchiveAEExtension.class);
        try (Caller caller = new Caller(device, "DCM4CHEE", identity)) {
            assertEquals(notAsked, policy.user(caller.accepted()));
            ae.setUserIdentityNegotiationKeycloakClientID("keycloak");
            assertEquals(notAsked, policy.user(caller.accepted()), "the device has no such Keycloak client, so nobody was asked");
            device.addKeycloakClient(new KeycloakClient("keycloak"));
            assertEquals(asked, policy.user(caller.accepted()));
            ae.setUserIdentityNegotiation(UserIdentityNegotiation.NOT_SUPPORTED);
            assertEquals(notAsked, policy.user(caller.accepted()));
        }
    }

    private static Stream<Arguments> identities() {
        User claimed = new User("anna", Set.of(), false);
        String claims = Base64.getUrlEncoder().encodeToString("""
                {"preferred_username": "anna", "realm_access": {"roles": ["CT_READERS"]}}""".getBytes(StandardCharsets.UTF_8));
        return Stream.of(
                Arguments.of("none", null, Optional.empty(), Optional.empty()),
                Arguments.of("user name", new UserIdentityRQ("anna", false), Optional.of(claimed), Optional.of(claimed)),
                Arguments.of("password", new UserIdentityRQ("anna", "secret".toCharArray()),
                        Optional.of(new User("anna", Set.of(), true)), Optional.of(claimed)),
                Arguments.of("token", token("e30." + claims + ".x"), Optional.of(new User("anna", Set.of("CT_READERS"), true)),
                        Optional.empty()),
                Arguments.of("token without a name", token("e30.e30.x"), Optional.empty(), Optional.empty()),
                Arguments.of("no token", token("anna"), Optional.empty(), Optional.empty()));
    }

    @Test
    @DisplayName("a user with a passcode has roles, which Keycloak is asked for once an association")
    void rolesOfUserWithPasscode() throws Exception {
        ArchiveAEExtension ae = ArchiveDevice.addAE(device, "DCM4CHEE").getAEExtension(ArchiveAEExtension.class);
        ae.setUserIdentityNegotiationKeycloakClientID("keycloak");
        try (TokenEndpoint keycloak = new TokenEndpoint();
                Caller caller = new Caller(device, "DCM4CHEE", new UserIdentityRQ("anna", TokenEndpoint.PASSWORD.toCharArray()))) {
            device.addKeycloakClient(keycloak.client("keycloak"));
            Optional<User> anna = Optional.of(new User("anna", Set.of("CT_READERS"), true));
            assertEquals(anna, policy.user(caller.accepted()));
            assertEquals(anna, policy.user(caller.accepted()));
            assertEquals(1, keycloak.requests.size());
        }
    }

    private static UserIdentityRQ token(String token) {
        return new UserIdentityRQ(5, false, token.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("an AE of the archive serves whoever it accepted")
    void archiveAE() throws Exception {
        ArchiveDevice.addAE(device, "DCM4CHEE");
        try (Caller caller = new Caller(device, "DCM4CHEE")) {
            assertTrue(policy.mayInvoke(caller.accepted(), Dimse.C_FIND_RQ));
        }
    }

    @Test
    @DisplayName("another AE of the device serves nobody")
    void otherAE() throws Exception {
        ApplicationEntity plain = new ApplicationEntity("PLAIN");
        plain.setAssociationAcceptor(true);
        device.addApplicationEntity(plain);
        plain.addConnection(device.listConnections().get(0));
        try (Caller caller = new Caller(device, "PLAIN")) {
            assertFalse(policy.mayInvoke(caller.accepted(), Dimse.C_FIND_RQ));
            assertFalse(policy.mayMoveTo(caller.accepted(), "ANY"));
        }
    }
}

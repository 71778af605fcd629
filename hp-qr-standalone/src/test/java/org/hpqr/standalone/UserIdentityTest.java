package org.hpqr.standalone;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Commands;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.Status;
import org.dcm4che3.net.pdu.AAssociateRJ;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.pdu.UserIdentityAC;
import org.dcm4che3.net.pdu.UserIdentityRQ;
import org.dcm4che3.net.service.AbstractDicomService;
import org.hpqr.spi.User;
import org.hpqr.standalone.login.TokenProvider;
import org.hpqr.standalone.login.UserFiles;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** User Identity Negotiation (PS3.7 D.3.3.7): who is let in, what is answered, and who the services see. */
class UserIdentityTest {

    private static final int USERNAME = 1;
    private static final int PASSCODE = 2;
    private static final int KERBEROS = 3;
    private static final int SAML = 4;
    private static final int TOKEN = 5;

    @TempDir
    private static Path data;
    private static TokenProvider provider;

    private final BlockingQueue<Optional<User>> seen = new LinkedBlockingQueue<>();
    private ServerUnderTest server;

    @BeforeAll
    static void users() throws Exception {
        provider = new TokenProvider();
        UserFiles.add(data.resolve("users"), "anna", "correct horse", "READERS", "administrator");
    }

    @AfterAll
    static void stopProvider() {
        provider.close();
    }

    @AfterEach
    void stop() {
        if (server != null)
            server.close();
    }

    private void start(String identity) throws IOException {
        Map<String, String> settings = new HashMap<>(Map.of("hpqr.identity", identity, "hpqr.oidc-issuer", provider.issuer()));
        server = new ServerUnderTest(settings, data, new AbstractDicomService(UID.HangingProtocolInformationModelFind) {
            @Override
            protected void onDimseRQ(Association as, PresentationContext pc, Dimse dimse, Attributes command, Attributes identifier)
                    throws IOException {
                seen.add(UserIdentity.of(as));
                as.writeDimseRSP(pc, Commands.mkCFindRSP(command, Status.Success));
            }
        });
    }

    private Peer open(int type, boolean asksForAResponse, String primary, String secondary) throws Exception {
        AAssociateRQ request = new AAssociateRQ();
        request.setUserIdentityRQ(new UserIdentityRQ(type, asksForAResponse, primary.getBytes(StandardCharsets.UTF_8),
                secondary.getBytes(StandardCharsets.UTF_8)));
        return new Peer(server.port, request, false);
    }

    private Optional<User> userOf(Peer peer) throws Exception {
        assertEquals(0, peer.find(Peer.uids("1.2.3")).last().status());
        return seen.poll(120, TimeUnit.SECONDS);
    }

    private void assertRejected(int type, String primary, String secondary) {
        AAssociateRJ rejection = assertThrows(AAssociateRJ.class, () -> open(type, true, primary, secondary));
        assertEquals(AAssociateRJ.RESULT_REJECTED_PERMANENT, rejection.getResult());
        assertEquals(AAssociateRJ.SOURCE_SERVICE_PROVIDER_ACSE, rejection.getSource());
        assertEquals(AAssociateRJ.REASON_NO_REASON_GIVEN, rejection.getReason());
    }

    @Clause("D.3.3.7")
    @ParameterizedTest
    @ValueSource(strings = {"prefer", "require"})
    void whoProvesToBeAUserIsThatUser(String identity) throws Exception {
        start(identity);
        try (Peer peer = open(PASSCODE, false, "anna", "correct horse")) {
            assertEquals(Optional.of(new User("anna", Set.of("READERS", "administrator"), true)), userOf(peer));
            assertNull(peer.association.getAAssociateAC().getUserIdentityAC(), "no response that nobody has asked for");
        }
        try (Peer peer = open(TOKEN, false, provider.token(provider.claims("bert", "CT")), "")) {
            assertEquals(Optional.of(new User("bert", Set.of("CT"), true)), userOf(peer));
        }
    }

    @Clause("D.3.3.7")
    @Test
    void whoAsksForAPositiveResponseGetsOne() throws Exception {
        start("prefer");
        try (Peer peer = open(PASSCODE, true, "anna", "correct horse")) {
            UserIdentityAC answer = peer.association.getAAssociateAC().getUserIdentityAC();
            assertArrayEquals(new byte[0], answer.getServerResponse());
        }
    }

    @ParameterizedTest
    @CsvSource({"anna, true", "carl, false"})
    void aNameAloneProvesNothing(String name, boolean isInTheFile) throws Exception {
        start("require");
        try (Peer peer = open(USERNAME, false, name, "")) {
            assertEquals(Optional.of(new User(name, isInTheFile ? Set.of("READERS", "administrator") : Set.of(), false)), userOf(peer));
        }
    }

    @Clause("D.3.3.7")
    @ParameterizedTest
    @ValueSource(strings = {"prefer", "require"})
    void whoCannotProveItIsRejected(String identity) throws Exception {
        start(identity);
        assertRejected(PASSCODE, "anna", "wrong horse");
        assertRejected(PASSCODE, "anna", "");
        assertRejected(PASSCODE, "bert", "correct horse");
        assertRejected(TOKEN, "a.b.c", "");
        assertRejected(USERNAME, "", "");
        assertRejected(KERBEROS, "ticket", "");
        assertRejected(SAML, "<assertion/>", "");
        assertRejected(6, "something new", "");
        server.awaitLog("login-failed peer=127.0.0.1:");
    }

    @Clause("D.3.3.7")
    @Test
    void afterTooManyWrongPasscodesTheRightOneIsRejectedToo() throws Exception {
        start("prefer");
        for (int i = 0; i < 5; i++)
            assertRejected(PASSCODE, "anna", "wrong horse");
        assertRejected(PASSCODE, "anna", "correct horse");
    }

    @ParameterizedTest
    @ValueSource(strings = {"prefer", "require"})
    void whoNamesNobodyIsLetIn(String identity) throws Exception {
        start(identity);
        try (Peer peer = new Peer(server.port)) {
            assertEquals(Optional.empty(), userOf(peer));
        }
    }

    @Clause("D.3.3.7")
    @Test
    void whereIdentityIsOffNobodyIsRejectedOrAnswered() throws Exception {
        start("off");
        try (Peer peer = open(PASSCODE, false, "anna", "wrong horse")) {
            assertEquals(Optional.empty(), userOf(peer));
            assertNull(peer.association.getAAssociateAC().getUserIdentityAC());
        }
    }
}

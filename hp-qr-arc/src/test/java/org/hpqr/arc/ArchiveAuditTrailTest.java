package org.hpqr.arc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.dcm4che3.audit.ActiveParticipant;
import org.dcm4che3.audit.AuditMessage;
import org.dcm4che3.audit.Instance;
import org.dcm4che3.audit.ParticipantObjectIdentification;
import org.dcm4che3.audit.SOPClass;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.audit.AuditLoggerDeviceExtension;
import org.hpqr.status.HpStatus;
import org.hpqr.testkit.FreePort;
import org.hpqr.testkit.archive.AeCache;
import org.hpqr.testkit.archive.ArchiveDevice;
import org.hpqr.testkit.archive.RecordingAuditLogger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The messages of PS3.15 A.5.3.3 (begin), A.5.3.7 (transferred) and A.5.3.10 (query), as the archive would write them. */
class ArchiveAuditTrailTest {

    private static final String BEGIN_TRANSFERRING = "110102";
    private static final String TRANSFERRED = "110104";
    private static final String QUERY = "110112";
    private static final String SOURCE = "110153";
    private static final String DESTINATION = "110152";

    private final Device device = ArchiveDevice.create("dcm4chee-arc", FreePort.find());
    private final RecordingAuditLogger logger = new RecordingAuditLogger("Audit Logger");
    private final AeCache cache = new AeCache();
    private final AuditOutbox outbox = new AuditOutbox(device);
    private final ArchiveAuditTrail trail = new ArchiveAuditTrail(outbox, cache);
    private Caller caller;

    @BeforeEach
    void connect() throws Exception {
        AuditLoggerDeviceExtension extension = new AuditLoggerDeviceExtension();
        Connection audit = new Connection("audit", "archive.example", 0);
        audit.setProtocol(Connection.Protocol.SYSLOG_UDP);
        logger.addConnection(audit);
        extension.addAuditLogger(logger);
        device.addDeviceExtension(extension);
        ArchiveDevice.addAE(device, "DCM4CHEE");
        ApplicationEntity viewer = new ApplicationEntity("VIEWER");
        viewer.addConnection(new Connection("dicom", "viewer.example", 104));
        cache.add(viewer);
        caller = new Caller(device, "DCM4CHEE");
    }

    @AfterEach
    void disconnect() throws Exception {
        caller.close();
    }

    @Test
    @DisplayName("store: transferred, created, from the caller to the archive")
    void stored() throws Exception {
        trail.stored(caller.accepted(), "1.2.3", false, HpStatus.SUCCESS);

        AuditMessage message = logger.next();
        assertEvent(message, TRANSFERRED, "C", "0");
        assertEquals(List.of("DCM4CHEE archive.example " + DESTINATION, "CALLER 127.0.0.1 " + SOURCE + " requestor"),
                participants(message));
        assertEquals("double", message.getAuditSourceIdentification().get(0).getAuditSourceID());
        SOPClass sopClass = sopClass(message);
        assertEquals(UID.HangingProtocolStorage, sopClass.getUID());
        assertEquals(1, sopClass.getNumberOfInstances());
        assertEquals(List.of(), sopClass.getInstance(), "instances are named only if the audit logger is to");
    }

    @Test
    @DisplayName("store of an object that is there: transferred, updated; with instance UIDs if the logger includes them")
    void replaced() throws Exception {
        logger.setIncludeInstanceUID(true);
        trail.stored(caller.accepted(), "1.2.3", true, HpStatus.SUCCESS);

        AuditMessage message = logger.next();
        assertEvent(message, TRANSFERRED, "U", "0");
        assertEquals(Set.of("1.2.3"), instances(message));
    }

    @Test
    @DisplayName("store that failed: minor failure with the status, and the instance named")
    void storeFailed() throws Exception {
        trail.stored(caller.accepted(), "1.2.3", false, HpStatus.DOES_NOT_MATCH_SOP_CLASS);

        AuditMessage message = logger.next();
        assertEvent(message, TRANSFERRED, "C", "4");
        assertTrue(message.getEventIdentification().getEventOutcomeDescription().startsWith("A900H "));
        assertEquals(Set.of("1.2.3"), instances(message));
    }

    @Test
    @DisplayName("store without a UID")
    void storeWithoutUid() throws Exception {
        trail.stored(caller.accepted(), null, false, HpStatus.INVALID_SOP_INSTANCE);
        assertEquals(0, sopClass(logger.next()).getNumberOfInstances());
    }

    @Test
    @DisplayName("query: the identifier as it came, its transfer syntax, the number of matches")
    void queried() throws Exception {
        byte[] identifier = {1, 2, 3, 4};
        trail.queried(caller.accepted(), identifier, UID.ExplicitVRLittleEndian, 7, HpStatus.SUCCESS);

        AuditMessage message = logger.next();
        assertEvent(message, QUERY, "E", "0");
        assertEquals(List.of("DCM4CHEE archive.example " + DESTINATION, "CALLER 127.0.0.1 " + SOURCE + " requestor"),
                participants(message));
        ParticipantObjectIdentification object = message.getParticipantObjectIdentification().get(0);
        assertEquals(UID.HangingProtocolInformationModelFind, object.getParticipantObjectID());
        assertArrayEquals(identifier, object.getParticipantObjectQuery());
        assertEquals(Set.of("Matches=7", "TransferSyntax=" + UID.ExplicitVRLittleEndian), details(object));
    }

    @Test
    @DisplayName("query with an identifier that is too long for a message, and one without an identifier")
    void queriedWithoutIdentifier() throws Exception {
        trail.queried(caller.accepted(), new byte[AuditMessageFactory.MAX_IDENTIFIER + 1], UID.ImplicitVRLittleEndian, 0,
                HpStatus.SUCCESS);
        ParticipantObjectIdentification tooLong = logger.next().getParticipantObjectIdentification().get(0);
        assertNull(tooLong.getParticipantObjectQuery());
        assertTrue(details(tooLong).contains("IdentifierLength=" + (AuditMessageFactory.MAX_IDENTIFIER + 1)));

        trail.queried(caller.accepted(), null, UID.ImplicitVRLittleEndian, 0, HpStatus.FIND_IDENTIFIER_UNREADABLE);
        AuditMessage none = logger.next();
        assertEvent(none, QUERY, "E", "4");
        assertEquals(Set.of("Matches=0"), details(none.getParticipantObjectIdentification().get(0)));
    }

    @Test
    @DisplayName("C-GET: begin, then transferred, from the archive to the caller")
    void get() throws Exception {
        trail.retrieveBegun(caller.accepted(), null, List.of("1.2.3", "1.2.4"));
        AuditMessage begin = logger.next();
        assertEvent(begin, BEGIN_TRANSFERRING, "E", "0");
        assertEquals(2, sopClass(begin).getNumberOfInstances());

        trail.retrieveEnded(caller.accepted(), null, List.of("1.2.3", "1.2.4"), List.of(), HpStatus.SUCCESS);
        AuditMessage end = logger.next();
        assertEvent(end, TRANSFERRED, "R", "0");
        assertEquals(List.of("DCM4CHEE archive.example " + SOURCE, "CALLER 127.0.0.1 " + DESTINATION + " requestor"),
                participants(end));
        assertEquals(2, sopClass(end).getNumberOfInstances());
    }

    @Test
    @DisplayName("C-MOVE: the destination is the receiver, the caller is the requestor only")
    void move() throws Exception {
        trail.retrieveEnded(caller.accepted(), "VIEWER", List.of("1.2.3"), List.of(), HpStatus.SUCCESS);
        assertEquals(List.of("DCM4CHEE archive.example " + SOURCE, "CALLER 127.0.0.1  requestor",
                "VIEWER viewer.example " + DESTINATION), participants(logger.next()));
    }

    @Test
    @DisplayName("what was sent and what failed are two messages")
    void partlyFailed() throws Exception {
        trail.retrieveEnded(caller.accepted(), "VIEWER", List.of("1.2.3"), List.of("1.2.4"), HpStatus.WARNING);

        AuditMessage sent = logger.next();
        assertEvent(sent, TRANSFERRED, "R", "0");
        assertEquals(1, sopClass(sent).getNumberOfInstances());
        AuditMessage failed = logger.next();
        assertEvent(failed, TRANSFERRED, "R", "4");
        assertEquals(Set.of("1.2.4"), instances(failed));
    }

    @Test
    @DisplayName("a retrieve that failed before anything was sent is one failure without instances")
    void failedAtOnce() throws Exception {
        trail.retrieveEnded(caller.accepted(), null, List.of(), List.of(), HpStatus.MOVE_DESTINATION_UNKNOWN);
        AuditMessage message = logger.next();
        assertEvent(message, TRANSFERRED, "R", "4");
        assertEquals(0, sopClass(message).getNumberOfInstances());
    }

    @Test
    @DisplayName("a retrieve without a match is one message without instances; a cancelled one is no failure")
    void nothingSent() throws Exception {
        trail.retrieveEnded(caller.accepted(), null, List.of(), List.of(), HpStatus.SUCCESS);
        assertEvent(logger.next(), TRANSFERRED, "R", "0");
        trail.retrieveEnded(caller.accepted(), null, List.of(), List.of(), HpStatus.CANCEL);
        assertEvent(logger.next(), TRANSFERRED, "R", "0");
    }

    @Test
    @DisplayName("an audit record repository or a directory that is down fails no operation")
    void down() {
        logger.breakDown();
        cache.breakDown();
        trail.retrieveBegun(caller.accepted(), "VIEWER", List.of("1.2.3"));
        outbox.lastCall();
        assertTrue(outbox.isWanted());
    }

    @Test
    @DisplayName("without an audit logger nothing is collected")
    void notWanted() {
        assertFalse(new AuditOutbox(ArchiveDevice.create("other", 0)).isWanted());
    }

    @Test
    @DisplayName("when no thread sends any more, the last call does")
    void lastCall() throws Exception {
        AuditOutbox alone = new AuditOutbox(withoutThreads());
        new ArchiveAuditTrail(alone, cache).stored(caller.accepted(), "1.2.3", false, HpStatus.SUCCESS);
        alone.lastCall();
        assertEvent(logger.next(), TRANSFERRED, "C", "0");
    }

    @Test
    @DisplayName("events that nobody takes are dropped beyond the capacity, with one line in the log")
    void overflow() throws Exception {
        AuditOutbox alone = new AuditOutbox(withoutThreads());
        ArchiveAuditTrail full = new ArchiveAuditTrail(alone, cache);
        try (LogRecorder log = new LogRecorder(AuditOutbox.class)) {
            for (int i = 0; i < AuditOutbox.CAPACITY + 10; i++)
                full.stored(caller.accepted(), "1.2.3", false, HpStatus.SUCCESS);
            assertEquals(1, log.messages().size(), log.messages().toString());
        }
        alone.lastCall();
        for (int i = 0; i < AuditOutbox.CAPACITY; i++)
            assertEvent(logger.next(), TRANSFERRED, "C", "0");
    }

    /** A device of an archive that has stopped. */
    private Device withoutThreads() {
        Device stopped = ArchiveDevice.create("stopped", 0);
        AuditLoggerDeviceExtension extension = new AuditLoggerDeviceExtension();
        extension.addAuditLogger(logger);
        stopped.addDeviceExtension(extension);
        return stopped;
    }

    private static void assertEvent(AuditMessage message, String id, String action, String outcome) {
        assertEquals(id + ' ' + action + ' ' + outcome, message.getEventIdentification().getEventID().getCsdCode() + ' '
                + message.getEventIdentification().getEventActionCode() + ' '
                + message.getEventIdentification().getEventOutcomeIndicator());
    }

    private static List<String> participants(AuditMessage message) {
        return message.getActiveParticipant().stream().map(ArchiveAuditTrailTest::text).toList();
    }

    private static String text(ActiveParticipant participant) {
        return participant.getUserID() + ' ' + participant.getNetworkAccessPointID() + ' '
                + participant.getRoleIDCode().stream().map(role -> role.getCsdCode()).collect(Collectors.joining())
                + (participant.isUserIsRequestor() ? " requestor" : "");
    }

    private static SOPClass sopClass(AuditMessage message) {
        return message.getParticipantObjectIdentification().get(0).getParticipantObjectDescription().getSOPClass().get(0);
    }

    private static Set<String> instances(AuditMessage message) {
        return sopClass(message).getInstance().stream().map(Instance::getUID).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> details(ParticipantObjectIdentification object) {
        return object.getParticipantObjectDetail().stream()
                .map(detail -> detail.getType() + '=' + new String(detail.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.toSet());
    }
}

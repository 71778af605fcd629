package org.hpqr.arc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.dcm4che3.audit.ActiveParticipant;
import org.dcm4che3.audit.AuditMessage;
import org.dcm4che3.audit.ParticipantObjectIdentification;
import org.dcm4che3.audit.SOPClass;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.audit.AuditLoggerDeviceExtension;
import org.hpqr.spi.WebAudit.Change;
import org.hpqr.spi.WebAudit.Requestor;
import org.hpqr.status.HpStatus;
import org.hpqr.testkit.archive.ArchiveDevice;
import org.hpqr.testkit.archive.RecordingAuditLogger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages of PS3.15 A.5.3.6 (accessed), A.5.3.7 (transferred) and A.5.3.10 (query) for requests over HTTP. */
class ArchiveWebAuditTest {

    private static final Requestor NOBODY = new Requestor(null, "192.0.2.7", "DCM4CHEE");
    private static final Requestor ANNA = new Requestor("anna", "192.0.2.7", "DCM4CHEE");

    private final Device device = ArchiveDevice.create("dcm4chee-arc", 11112);
    private final RecordingAuditLogger logger = new RecordingAuditLogger("Audit Logger");
    private final ArchiveWebAudit audit = new ArchiveWebAudit(new AuditOutbox(device));

    @BeforeEach
    void addLogger() {
        AuditLoggerDeviceExtension extension = new AuditLoggerDeviceExtension();
        Connection connection = new Connection("audit", "archive.example", 0);
        connection.setProtocol(Connection.Protocol.SYSLOG_UDP);
        logger.addConnection(connection);
        extension.addAuditLogger(logger);
        device.addDeviceExtension(extension);
        // the archive's executor; one event at a time is enough here
        device.setExecutor(Runnable::run);
    }

    @Test
    @DisplayName("a user who has logged in is a person, at the address the request came from")
    void user() throws Exception {
        audit.stored(ANNA, "1.2.3", false, HpStatus.SUCCESS);

        AuditMessage message = logger.next();
        assertEquals("110104 C 0", event(message));
        assertEquals(List.of("DCM4CHEE 110119 2 archive.example 110152", "anna 113871 1 192.0.2.7 110153 requestor"), participants(message));
        assertEquals(1, sopClass(message).getNumberOfInstances());
    }

    @Test
    @DisplayName("without a login the address stands for the user, as in the archive's own messages")
    void noUser() throws Exception {
        audit.retrieved(NOBODY, "1.2.3", HpStatus.SUCCESS);

        AuditMessage message = logger.next();
        assertEquals("110104 R 0", event(message));
        assertEquals(List.of("DCM4CHEE 110119 2 archive.example 110153", "192.0.2.7 110182 1 192.0.2.7 110152 requestor"),
                participants(message));
    }

    @ParameterizedTest
    @CsvSource({"RETIRED, 110103 U 0, Change=retired", "RESTORED, 110103 U 0, Change=restored", "DELETED, 110103 D 0, ''"})
    @DisplayName("retire, restore and delete: instances accessed, updated or deleted")
    void changed(Change change, String event, String detail) throws Exception {
        logger.setIncludeInstanceUID(true);
        audit.changed(ANNA, change, "1.2.3", HpStatus.SUCCESS);

        AuditMessage message = logger.next();
        assertEquals(event, event(message));
        assertEquals(List.of("DCM4CHEE 110119 2 archive.example ", "anna 113871 1 192.0.2.7  requestor"), participants(message));
        assertEquals(detail, details(message.getParticipantObjectIdentification().get(0)));
        assertEquals("1.2.3", sopClass(message).getInstance().get(0).getUID());
    }

    @Test
    @DisplayName("a change that failed: minor failure with the status, and the instance named")
    void failed() throws Exception {
        audit.changed(ANNA, Change.DELETED, "1.2.3", HpStatus.OUT_OF_RESOURCES);

        AuditMessage message = logger.next();
        assertEquals("110103 D 4", event(message));
        assertEquals("1.2.3", sopClass(message).getInstance().get(0).getUID());
    }

    @Test
    @DisplayName("query: the query component as it came, and the number of matches")
    void queried() throws Exception {
        audit.queried(ANNA, "Modality=CT", 7, HpStatus.SUCCESS);

        AuditMessage message = logger.next();
        assertEquals("110112 E 0", event(message));
        ParticipantObjectIdentification object = message.getParticipantObjectIdentification().get(0);
        assertEquals(UID.HangingProtocolInformationModelFind, object.getParticipantObjectID());
        assertArrayEquals("Modality=CT".getBytes(StandardCharsets.UTF_8), object.getParticipantObjectQuery());
        assertEquals("Matches=7", details(object));
    }

    @Test
    @DisplayName("query for everything")
    void queriedForEverything() throws Exception {
        audit.queried(NOBODY, null, 0, HpStatus.SUCCESS);
        assertNull(logger.next().getParticipantObjectIdentification().get(0).getParticipantObjectQuery());
    }

    private static String event(AuditMessage message) {
        return message.getEventIdentification().getEventID().getCsdCode() + ' ' + message.getEventIdentification().getEventActionCode()
                + ' ' + message.getEventIdentification().getEventOutcomeIndicator();
    }

    private static List<String> participants(AuditMessage message) {
        return message.getActiveParticipant().stream().map(ArchiveWebAuditTest::text).toList();
    }

    private static String text(ActiveParticipant participant) {
        return participant.getUserID() + ' ' + participant.getUserIDTypeCode().getCsdCode() + ' ' + participant.getUserTypeCode() + ' '
                + participant.getNetworkAccessPointID() + ' '
                + participant.getRoleIDCode().stream().map(role -> role.getCsdCode()).collect(Collectors.joining())
                + (participant.isUserIsRequestor() ? " requestor" : "");
    }

    private static SOPClass sopClass(AuditMessage message) {
        return message.getParticipantObjectIdentification().get(0).getParticipantObjectDescription().getSOPClass().get(0);
    }

    private static String details(ParticipantObjectIdentification object) {
        return object.getParticipantObjectDetail().stream()
                .map(detail -> detail.getType() + '=' + new String(detail.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining(" "));
    }
}

package org.hpqr.dimse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Commands;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.PDVInputStream;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.spi.HpSettings;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpService;
import org.hpqr.status.HpStatus;
import org.hpqr.testkit.dicom.Destination;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.dicom.RawPeer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation ends with a final status that it has, whatever the code behind it does: the guards in {@link Operation}
 * and {@link HangingProtocolScp}.
 */
class FinalStatusTest {

    private static final Map<HpService, String> SOP_CLASSES = Map.of(HpService.STORE, UID.HangingProtocolStorage,
            HpService.FIND, UID.HangingProtocolInformationModelFind, HpService.MOVE, UID.HangingProtocolInformationModelMove,
            HpService.GET, UID.HangingProtocolInformationModelGet);
    private static final Map<HpService, Dimse> OPERATIONS = Map.of(HpService.STORE, Dimse.C_STORE_RQ, HpService.FIND,
            Dimse.C_FIND_RQ, HpService.MOVE, Dimse.C_MOVE_RQ, HpService.GET, Dimse.C_GET_RQ);
    private static final HpStatus ANOTHER_OPERATIONS_STATUS = HpStatus.FIND_RESPONSE_NOT_ENCODABLE;

    /** What the code behind an operation may do wrong, and what is answered. */
    enum Fault {
        ENDS_NOTHING("C000 C001 C001 C001", (operation, failing) -> { }),
        HANDS_OVER_TO_A_TASK_THAT_ENDS_NOTHING("C000 C001 C001 C001", (operation, failing) -> operation.execute(() -> { })),
        THE_TASK_DIES_OF_AN_ERROR("C000 C001 C001 C001", (operation, failing) -> operation.execute(() -> {
            throw new StackOverflowError("the test wants this");
        })),
        ENDS_WITHOUT_A_STATUS("C000 C001 C001 C001",
                (operation, failing) -> operation.end(null, new Attributes(), null, "")),
        ENDS_WITH_PENDING("C000 C002 C002 C002",
                (operation, failing) -> operation.end(HpStatus.PENDING, new Attributes(), null, "")),
        FAILS_WITH_THE_STATUS_OF_ANOTHER_OPERATION("C000 C312 C002 C002", (operation, failing) -> failing.run()),
        THROWS_UNFORESEEN("C000 C311 C511 C411", (operation, failing) -> {
            throw new IllegalStateException("the test wants this");
        });

        private final String[] statuses;
        private final BiConsumer<Operation, Runnable> code;

        Fault(String statuses, BiConsumer<Operation, Runnable> code) {
            this.statuses = statuses.split(" ");
            this.code = code;
        }
    }

    private static final class FaultyScp extends HangingProtocolScp {

        private final Fault fault;

        private FaultyScp(HpService service, Fault fault) {
            super(SOP_CLASSES.get(service), OPERATIONS.get(service), server.context);
            this.fault = fault;
        }

        @Override
        void perform(Operation started, PDVInputStream data) throws HpFailure {
            boolean[] fails = new boolean[1];
            fault.code.accept(started, () -> fails[0] = true);
            if (fails[0])
                throw new HpFailure(ANOTHER_OPERATIONS_STATUS, "A status of C-FIND");
        }
    }

    private static TestServer server;

    @BeforeAll
    static void startServer() throws Exception {
        server = new TestServer();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    static Stream<Arguments> faults() {
        return Stream.of(HpService.values())
                .flatMap(service -> Stream.of(Fault.values()).map(fault -> Arguments.of(service, fault)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultyServiceAnswersAllTheSame(HpService service, Fault fault) throws Exception {
        server.replaceService(new FaultyScp(service, fault));
        try (RawPeer peer = new RawPeer(server.port, SOP_CLASSES.get(service))) {
            peer.send(0, command(service), identifier());
            Attributes response = peer.receive().command();
            assertEquals(fault.statuses[service.ordinal()], String.format("%04X", response.getInt(Tag.Status, -1)));
            assertEquals(1, response.getInt(Tag.MessageIDBeingRespondedTo, -1));
            assertTrue(response.contains(Tag.ErrorComment));
        }
    }

    static Stream<Arguments> failures() {
        return Stream.of(HpStatus.values()).filter(HpStatus::isFailure)
                .flatMap(status -> status.services().stream().map(service -> Arguments.of(service, status)));
    }

    /** PS3.7 C.4 and C.5: whoever forgets it, each failure has an Error Comment. */
    @ParameterizedTest
    @MethodSource("failures")
    void eachFailureHasAnErrorComment(HpService service, HpStatus status) throws Exception {
        server.replaceService(new HangingProtocolScp(SOP_CLASSES.get(service), OPERATIONS.get(service), server.context) {
            @Override
            void perform(Operation started, PDVInputStream data) {
                started.end(status, new Attributes(), null, "");
            }
        });
        try (RawPeer peer = new RawPeer(server.port, SOP_CLASSES.get(service))) {
            peer.send(0, command(service), identifier());
            Attributes response = peer.receive().command();
            assertEquals(status.code(), response.getInt(Tag.Status, -1));
            String comment = response.getString(Tag.ErrorComment);
            assertTrue(comment != null && comment.length() <= 64, comment);
        }
    }

    private static Attributes command(HpService service) {
        Attributes command = Commands.mkCMoveRQ(1, SOP_CLASSES.get(service), 0, Destination.AE_TITLE);
        command.setInt(Tag.CommandField, VR.US, OPERATIONS.get(service).commandField());
        return command;
    }

    private static byte[] identifier() throws Exception {
        return DatasetCodec.encode(Peer.uids("1.2.3.4"), UID.ImplicitVRLittleEndian);
    }

    /** An error in the real service: no exception, so nobody maps it to a status. */
    @Test
    void anErrorWhileMatchesAreLookedUpC001() throws Exception {
        try (TestServer dying = new TestServer();
             RawPeer peer = new RawPeer(dying.port, UID.HangingProtocolInformationModelGet)) {
            dying.lookups = lookup -> {
                throw new OutOfMemoryError("the test wants this");
            };
            dying.settings.put(HpSettings.MAX_CONCURRENT_RETRIEVES, 1);
            peer.send(0, command(HpService.GET), identifier());
            assertEquals(0xC001, peer.receive().status());
            // the place among the operations under way is free again, and so is the Message ID
            peer.send(0, command(HpService.GET), identifier());
            assertEquals(0xC001, peer.receive().status());
        }
    }
}

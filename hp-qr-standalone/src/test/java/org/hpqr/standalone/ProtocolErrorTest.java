package org.hpqr.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.AbstractDicomService;
import org.hpqr.testkit.dicom.RawPeer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever breaks the protocol is told so by an A-ABORT, and the administrator by a line that says how (PS3.8 9.2). */
class ProtocolErrorTest {

    private static final int REQUEST = 1;
    private static final int P_DATA_TF = 4;
    private static final int RELEASE = 5;
    private static final int COMMAND = 1;
    private static final int LAST = 2;
    private static final int C_STORE_RQ = 0x0001;
    private static final int C_ECHO_RQ = 0x0030;
    private static final int C_ECHO_RSP = 0x8030;
    private static final int NO_DATA_SET = 0x0101;
    private static final int HAS_DATA_SET = 0;

    private static final byte[] APPLICATION_CONTEXT = item(0x10, utf8("1.2.840.10008.3.1.1.1"));

    private static ServerUnderTest server;

    @BeforeAll
    static void start() throws IOException {
        server = new ServerUnderTest(Map.of(), new FailingService());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Arguments> instead() {
        byte[] echo = context(1, UID.Verification, UID.ImplicitVRLittleEndian);
        byte[] extended = utf8("\0\u0011" + UID.Verification);
        return Stream.of(
                Arguments.of("presentation context ID 1 occurs twice", request(echo, echo)),
                Arguments.of("more than 128 presentation contexts", request(IntStream.range(0, 129)
                        .mapToObj(id -> context(id, UID.Verification, UID.ImplicitVRLittleEndian)).toArray(byte[][]::new))),
                Arguments.of("the A-ASSOCIATE-RQ has no application context", pdu(REQUEST, titles(), echo)),
                Arguments.of("presentation context 1 of the A-ASSOCIATE-RQ has no abstract syntax",
                        request(item(0x20, joined(new byte[] {1, 0, 0, 0}, item(0x40, utf8(UID.ImplicitVRLittleEndian)))))),
                Arguments.of("presentation context 1 of the A-ASSOCIATE-RQ has no transfer syntax",
                        request(item(0x20, joined(new byte[] {1, 0, 0, 0}, item(0x30, utf8(UID.Verification)))))),
                Arguments.of("an item of the A-ASSOCIATE-RQ is longer", request(echo, new byte[] {0x20, 0, 0, 99, 1})),
                Arguments.of("an item of the A-ASSOCIATE-RQ is longer", request(item(0x20, new byte[] {1, 0, 0, 0, 0x30, 0, 0, 9}))),
                Arguments.of("an item of the A-ASSOCIATE-RQ is longer", request(echo, new byte[] {0x50})),
                Arguments.of("an item of the A-ASSOCIATE-RQ is longer", request(echo, item(0x50, item(0x56, new byte[] {0, 9, 1})))),
                Arguments.of("an item of the A-ASSOCIATE-RQ is longer", pdu(REQUEST, new byte[20])),
                Arguments.of("the length of the item Maximum Length is wrong", request(echo, item(0x50, item(0x51, new byte[2])))),
                Arguments.of("the length of the item Asynchronous Operations Window is wrong",
                        request(echo, item(0x50, item(0x53, new byte[6])))),
                Arguments.of("the length of the item SCP/SCU Role Selection is wrong",
                        request(echo, item(0x50, item(0x54, joined(extended, new byte[1]))))),
                Arguments.of("invalid length of PDU",
                        request(echo, item(0x50, item(0x57, joined(extended, extended, new byte[] {0, 5, 0, 1, 'x'}))))),
                Arguments.of("invalid User Identity", request(echo, item(0x50, item(0x58, new byte[] {1, 0, 0, 1, 'x', 0, 0, 0})))),
                Arguments.of("an AE title has characters", with(request(echo), 15, 1)),
                Arguments.of("a PDU of type 1 has 200000 bytes", pdu(REQUEST, new byte[200_000])),
                Arguments.of("unrecognized PDU", pdu(9, new byte[4])),
                Arguments.of("a PDU of type 9 has only 0 bytes", pdu(9, new byte[0])),
                Arguments.of("a PDU of type 5 has only 3 bytes", pdu(RELEASE, new byte[3])),
                Arguments.of("unrecognized PDU", utf8("GET / HTTP/1.1\r\n\r\n")),
                Arguments.of("unexpected P-DATA-TF", pdu(P_DATA_TF, pdv(1, COMMAND | LAST, command(C_ECHO_RQ, NO_DATA_SET)))),
                Arguments.of("unexpected A-RELEASE-RQ", pdu(RELEASE, new byte[4])),
                Arguments.of("unexpected A-RELEASE-RP", pdu(6, new byte[4])),
                Arguments.of("unexpected A-ASSOCIATE-RJ", pdu(3, new byte[4])),
                Arguments.of("unexpected A-ASSOCIATE-AC", with(request(echo), 0, 2)));
    }

    /** Instead of an association request. */
    @ParameterizedTest
    @MethodSource("instead")
    void beforeTheAssociation(String reason, byte[] bytes) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.port)) {
            assertAborted(socket, bytes);
        }
        server.awaitLog(reason);
    }

    /** PS3.8 9.3.2.2 wants odd ones; released toolkits number their contexts 1, 2, 3, and are served everywhere else. */
    @Test
    void evenPresentationContextIdsAreServed() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.port)) {
            socket.getOutputStream().write(request(context(1, UID.HangingProtocolStorage, UID.ImplicitVRLittleEndian),
                    context(2, UID.Verification, UID.ImplicitVRLittleEndian)));
            assertEquals(RawPeer.A_ASSOCIATE_AC, readPdu(socket));

            socket.getOutputStream().write(pdu(P_DATA_TF, pdv(2, COMMAND | LAST, command(C_ECHO_RQ, NO_DATA_SET))));
            assertEquals(P_DATA_TF, readPdu(socket));
            socket.getOutputStream().write(pdu(RELEASE, new byte[4]));
            assertEquals(RawPeer.A_RELEASE_RP, readPdu(socket));
        }
    }

    static Stream<Arguments> afterwards() {
        byte[] echo = command(C_ECHO_RQ, NO_DATA_SET);
        return Stream.of(
                Arguments.of("unexpected A-ASSOCIATE-RQ", request(context(3, UID.Verification, UID.ImplicitVRLittleEndian))),
                Arguments.of("unrecognized PDU", pdu(0, new byte[4])),
                Arguments.of("invalid length of PDU", pdu(RELEASE, new byte[5])),
                Arguments.of("a PDU of type 4 has only 0 bytes", pdu(P_DATA_TF, new byte[0])),
                Arguments.of("a PDU of type 7 has only 3 bytes", pdu(7, new byte[3])),
                Arguments.of("a PDU of type 4 has 16379 bytes", pdu(P_DATA_TF, new byte[16_379])),
                Arguments.of("goes on after the end of a message", pdu(P_DATA_TF, pdv(1, 3, echo), pdv(1, 3, echo))),
                Arguments.of("goes on after the end of a message", pdu(P_DATA_TF,
                        pdv(3, 3, command(C_STORE_RQ, HAS_DATA_SET)), pdv(3, LAST, new byte[8]), pdv(1, 3, echo))),
                Arguments.of("goes on after the end of a message", pdu(P_DATA_TF, pdv(1, 3, echo), new byte[1])),
                Arguments.of("a command set is cut short", pdu(P_DATA_TF, pdv(1, 3, new byte[7]))),
                Arguments.of("a command set is cut short", pdu(P_DATA_TF, pdv(1, 3, new byte[] {0, 0, 0, 1, 9, 0, 0, 0, 1, 0}))),
                Arguments.of("a command set is cut short", pdu(P_DATA_TF, pdv(1, 3, new byte[] {0, 0, 0, 1, -1, -1, -1, -1}))),
                Arguments.of("a command set has more than 4096 bytes", pdu(P_DATA_TF, pdv(1, COMMAND, new byte[4_097]))),
                Arguments.of("illegal DIMSE", pdu(P_DATA_TF, pdv(1, 3, command(0x7777, NO_DATA_SET)))),
                Arguments.of("illegal DIMSE", pdu(P_DATA_TF, pdv(1, 3, new byte[0]))),
                Arguments.of("unexpected message ID", pdu(P_DATA_TF, pdv(1, 3, command(C_ECHO_RSP, NO_DATA_SET)))),
                Arguments.of("a response has a data set", pdu(P_DATA_TF, pdv(1, 3, command(C_ECHO_RSP, HAS_DATA_SET)),
                        pdv(1, LAST, new byte[8]))),
                Arguments.of("No Presentation Context with given ID", pdu(P_DATA_TF, pdv(99, 3, echo))),
                Arguments.of("No accepted Presentation Context", pdu(P_DATA_TF, pdv(5, 3, echo))),
                Arguments.of("a data set comes where a command set is awaited", pdu(P_DATA_TF, pdv(1, LAST, new byte[8]))),
                Arguments.of("a data set comes where a command set is awaited",
                        joined(pdu(P_DATA_TF, pdv(1, COMMAND, echo)), pdu(P_DATA_TF, pdv(1, LAST, new byte[8])))),
                Arguments.of("a command set comes where a data set is awaited", joined(pdu(P_DATA_TF, pdv(3, 3, command(C_STORE_RQ, HAS_DATA_SET))),
                        pdu(P_DATA_TF, pdv(1, 3, echo)))),
                Arguments.of("fragments of presentation contexts 1 and 3",
                        joined(pdu(P_DATA_TF, pdv(1, COMMAND, echo)), pdu(P_DATA_TF, pdv(3, 3, echo)))),
                Arguments.of("fragments of presentation contexts 3 and 1", joined(pdu(P_DATA_TF, pdv(3, 3, command(C_STORE_RQ, HAS_DATA_SET))),
                        pdu(P_DATA_TF, pdv(1, LAST, new byte[8])))),
                Arguments.of("the last 5 bytes of a P-DATA-TF PDU are no PDV", pdu(P_DATA_TF, new byte[5])),
                Arguments.of("a PDV has a length of 1", pdu(P_DATA_TF, new byte[] {0, 0, 0, 1, 1, 3})),
                Arguments.of("a PDV has a length of 9", pdu(P_DATA_TF, new byte[] {0, 0, 0, 9, 1, 3})),
                Arguments.of("a PDV has a length of 4294967295", pdu(P_DATA_TF, new byte[] {-1, -1, -1, -1, 1, 3})),
                Arguments.of("a PDU of type 5 comes before a message is complete",
                        joined(pdu(P_DATA_TF, pdv(1, COMMAND, echo)), pdu(RELEASE, new byte[4]))),
                Arguments.of("a PDU of type 5 comes before a message is complete", joined(
                        pdu(P_DATA_TF, pdv(3, 3, command(C_STORE_RQ, HAS_DATA_SET))), pdu(RELEASE, new byte[4]))),
                Arguments.of("a PDU of type 5 comes before a message is complete", joined(
                        pdu(P_DATA_TF, pdv(1, 3, command(C_ECHO_RQ, HAS_DATA_SET)), pdv(1, 0, new byte[8])),
                        pdu(RELEASE, new byte[4]))),
                Arguments.of("ended by an exception: java.lang.IllegalStateException",
                        pdu(P_DATA_TF, pdv(3, 3, command(C_STORE_RQ, HAS_DATA_SET)), pdv(3, LAST, new byte[8]))));
    }

    /** On an association: context 1 for C-ECHO, 3 for C-STORE to a service that fails, 5 not accepted. */
    @ParameterizedTest
    @MethodSource("afterwards")
    void onTheAssociation(String reason, byte[] bytes) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.port)) {
            socket.getOutputStream().write(request(context(1, UID.Verification, UID.ImplicitVRLittleEndian),
                    context(3, UID.HangingProtocolStorage, UID.ImplicitVRLittleEndian),
                    context(5, "1.2.3", UID.ImplicitVRLittleEndian)));
            assertEquals(RawPeer.A_ASSOCIATE_AC, readPdu(socket));

            assertAborted(socket, bytes);
        }
        server.awaitLog(reason);
    }

    static Stream<Arguments> byDestinations() {
        byte[] context = item(0x21, joined(new byte[] {1, 0, 0, 0}, item(0x40, utf8(UID.ImplicitVRLittleEndian))));
        return Stream.of(
                Arguments.of("presentation context ID 1 occurs twice in the A-ASSOCIATE-AC", accept(context, context)),
                Arguments.of("presentation context 1 of the A-ASSOCIATE-AC has no transfer syntax",
                        accept(item(0x21, new byte[] {1, 0, 0, 0}))),
                Arguments.of("the length of the item Maximum Length is wrong", accept(context, item(0x50, item(0x51, new byte[2])))),
                Arguments.of("an item of the A-ASSOCIATE-AC is longer", accept(context, new byte[] {0x50, 0, 0, 9})),
                Arguments.of("unrecognized PDU", pdu(9, new byte[4])),
                Arguments.of("unexpected P-DATA-TF", pdu(P_DATA_TF, pdv(1, 3, command(C_ECHO_RQ, NO_DATA_SET)))),
                Arguments.of("unexpected message ID",
                        joined(accept(context), pdu(P_DATA_TF, pdv(1, 3, command(C_ECHO_RSP, NO_DATA_SET))))),
                Arguments.of("goes on after the end of a message", joined(accept(context), pdu(P_DATA_TF,
                        pdv(1, 3, command(C_ECHO_RSP, NO_DATA_SET)), pdv(1, 3, command(C_ECHO_RSP, NO_DATA_SET))))));
    }

    /** Instead of, or after, the answer of a move destination to an association request. */
    @ParameterizedTest
    @MethodSource("byDestinations")
    void byADestination(String reason, byte[] bytes) throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            CompletableFuture.runAsync(() -> connect(listener.getLocalPort()));
            try (Socket socket = listener.accept()) {
                assertEquals(REQUEST, readPdu(socket));

                assertAborted(socket, bytes);
            }
        }
        server.awaitLog(reason);
    }

    private static void connect(int port) {
        Connection remote = new Connection(null, "127.0.0.1", port);
        new Device("remote").addConnection(remote);
        AAssociateRQ request = new AAssociateRQ();
        request.setCalledAET("DEST");
        request.addPresentationContext(new PresentationContext(1, UID.HangingProtocolStorage, UID.ImplicitVRLittleEndian));
        try {
            server.ae().connect(remote, request);
        } catch (Exception e) {
            // what the peer sees of it is what is tested
        }
    }

    private static byte[] accept(byte[]... items) {
        return with(request(items), 0, 2);
    }

    /** After answers to what was right, maybe. */
    private static void assertAborted(Socket socket, byte[] bytes) throws Exception {
        socket.setSoTimeout(120_000);
        socket.getOutputStream().write(bytes);
        int type;
        do {
            type = readPdu(socket);
        } while (type == P_DATA_TF);
        assertEquals(RawPeer.A_ABORT, type);
        assertEquals(-1, socket.getInputStream().read(), "closed");
        server.awaitNoAssociation();
    }

    private static int readPdu(Socket socket) throws IOException {
        int type = socket.getInputStream().read();
        if (type < 0)
            return type;
        DataInputStream in = new DataInputStream(socket.getInputStream());
        in.readByte();
        in.readFully(new byte[in.readInt()]);
        return type;
    }

    private static byte[] request(byte[]... items) {
        return pdu(REQUEST, titles(), APPLICATION_CONTEXT, joined(items));
    }

    /** What comes before the items of an A-ASSOCIATE-RQ PDU. */
    private static byte[] titles() {
        return joined(utf8("\0\1\0\0" + String.format("%-16s%-16s", "HPQR", "RAW")), new byte[32]);
    }

    private static byte[] context(int id, String abstractSyntax, String transferSyntax) {
        return item(0x20, joined(new byte[] {(byte) id, 0, 0, 0}, item(0x30, utf8(abstractSyntax)),
                item(0x40, utf8(transferSyntax))));
    }

    private static byte[] item(int type, byte[] content) {
        return joined(new byte[] {(byte) type, 0, (byte) (content.length >> 8), (byte) content.length}, content);
    }

    private static byte[] pdu(int type, byte[]... parts) {
        byte[] body = joined(parts);
        return joined(ByteBuffer.allocate(6).put((byte) type).put((byte) 0).putInt(body.length).array(), body);
    }

    private static byte[] pdv(int context, int control, byte[] content) {
        return joined(ByteBuffer.allocate(6).putInt(content.length + 2).put((byte) context).put((byte) control).array(), content);
    }

    /** Affected SOP Class UID, Command Field, Message ID and Message ID Being Responded To, Command Data Set Type. */
    private static byte[] command(int field, int dataSetType) {
        byte[] uid = utf8(field == C_STORE_RQ ? UID.HangingProtocolStorage : UID.Verification + "\0");
        ByteBuffer command = ByteBuffer.allocate(8 + uid.length + 4 * 10).order(ByteOrder.LITTLE_ENDIAN);
        command.putInt(0x00020000).putInt(uid.length).put(uid);
        for (int[] element : new int[][] {{0x0100, field}, {0x0110, 7}, {0x0120, 7}, {0x0800, dataSetType}})
            command.putInt(element[0] << 16).putInt(2).putShort((short) element[1]);
        return command.array();
    }

    private static byte[] with(byte[] pdu, int at, int value) {
        pdu[at] = (byte) value;
        return pdu;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts)
            all.writeBytes(part);
        return all.toByteArray();
    }

    private static final class FailingService extends AbstractDicomService {

        private FailingService() {
            super(UID.HangingProtocolStorage);
        }

        @Override
        public void onDimseRQ(Association as, PresentationContext pc, Dimse dimse, Attributes rq, PDVInputStream data) {
            throw new IllegalStateException("as the test wants");
        }

        @Override
        protected void onDimseRQ(Association as, PresentationContext pc, Dimse dimse, Attributes cmd, Attributes data) {
            throw new AssertionError("not called");
        }
    }
}

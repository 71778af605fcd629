package org.hpqr.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No association outlives its time limits, whatever the peer does and however slowly (PS3.8 9.1.5, ARTIM). */
class TimeLimitTest {

    private static final int A_ASSOCIATE_RQ = 1;
    private static final byte[] REQUEST = request();
    private static final int NO_DATA_SET = 0x0101;
    private static final byte[] ECHO = echo(NO_DATA_SET);
    private static final byte[] ECHO_WITH_DATA_SET = echo(0);

    private final ScheduledExecutorService drip = Executors.newSingleThreadScheduledExecutor();
    private ServerUnderTest server;

    @AfterEach
    void stop() {
        drip.shutdownNow();
        server.close();
    }

    private void start() throws IOException {
        start("request", "idle", "release", "send", "receive", "connect");
    }

    /** @param limits those that are short; the others are as long as they usually are */
    private void start(String... limits) throws IOException {
        Map<String, String> settings = new HashMap<>();
        for (String limit : limits)
            settings.put("hpqr." + limit + "-timeout", "1");
        server = new ServerUnderTest(settings);
    }

    static Stream<Arguments> peers() {
        return Stream.of(
                Arguments.of("nothing", bytes(), bytes()),
                Arguments.of("half a request", first(REQUEST, 50), bytes()),
                Arguments.of("a request byte by byte", bytes(), REQUEST),
                Arguments.of("an association, and nothing", REQUEST, bytes()),
                Arguments.of("half the header of a PDU", joined(REQUEST, bytes(4, 0, 0)), bytes()),
                Arguments.of("half a PDU", joined(REQUEST, first(pdu(ECHO), 20)), bytes()),
                Arguments.of("a PDU byte by byte", REQUEST, pdu(pdv(1, new byte[4_000]))),
                Arguments.of("a command set that does not end", joined(REQUEST, pdu(pdv(1, first(command(NO_DATA_SET), 20)))), bytes()),
                Arguments.of("empty PDVs", REQUEST, repeated(pdu(pdv(1, bytes())))),
                Arguments.of("a data set that does not come", joined(REQUEST, pdu(ECHO_WITH_DATA_SET)), bytes()),
                Arguments.of("a data set that does not end", joined(REQUEST, pdu(ECHO_WITH_DATA_SET, pdv(0, bytes(1, 2)))), bytes()),
                Arguments.of("a data set byte by byte", joined(REQUEST, pdu(ECHO_WITH_DATA_SET)), repeated(pdu(pdv(0, bytes(0))))),
                Arguments.of("a release, and no end", joined(REQUEST, bytes(5, 0, 0, 0, 0, 4, 0, 0, 0, 0)), bytes()),
                Arguments.of("an abort, and no end", joined(REQUEST, bytes(7, 0, 0, 0, 0, 4, 0, 0, 0, 0)), bytes()),
                Arguments.of("something else", "GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII), bytes()));
    }

    /**
     * @param atOnce sent at once
     * @param slowly sent a byte at a time, ten a second
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("peers")
    void peerThatSends(String what, byte[] atOnce, byte[] slowly) throws Exception {
        start();
        try (Socket socket = new Socket("127.0.0.1", server.port)) {
            socket.setSoTimeout(120_000);
            socket.getOutputStream().write(atOnce);
            ByteBuffer rest = ByteBuffer.wrap(slowly);
            drip.scheduleWithFixedDelay(() -> dripInto(socket, rest), 100, 100, TimeUnit.MILLISECONDS);

            while (readsOn(socket))
                continue;

            server.awaitNoAssociation();
        }
    }

    private static void dripInto(Socket socket, ByteBuffer rest) {
        try {
            if (rest.hasRemaining())
                socket.getOutputStream().write(rest.get());
        } catch (IOException e) {
            // it is closed
        }
    }

    /** The server may close while bytes are under way to it. */
    private static boolean readsOn(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            return false;
        }
    }

    static Stream<Arguments> destinations() {
        byte[] accept = accept();
        return Stream.of(
                Arguments.of("nothing", bytes()),
                Arguments.of("half an answer", first(accept, 40)),
                Arguments.of("something else", "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
    }

    /** The request of an association to a move destination. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("destinations")
    void destinationThatAnswers(String what, byte[] answer) throws Exception {
        start();
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Future<Exception> opening = drip.submit(() -> opening(listener.getLocalPort()));
            try (Socket socket = listener.accept()) {
                socket.setSoTimeout(120_000);
                assertEquals(A_ASSOCIATE_RQ, socket.getInputStream().read());
                socket.getOutputStream().write(answer);

                while (readsOn(socket))
                    continue;
            }
            assertNotNull(opening.get());
        }
        server.awaitNoAssociation();
    }

    /** An association is opened, released, and not ended by the destination. */
    @Test
    void destinationThatDoesNotAnswerTheRelease() throws Exception {
        start("release");
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Future<Exception> opening = drip.submit(() -> opening(listener.getLocalPort()));
            try (Socket socket = listener.accept()) {
                socket.setSoTimeout(120_000);
                assertEquals(A_ASSOCIATE_RQ, socket.getInputStream().read());
                socket.getOutputStream().write(accept());
                assertNull(opening.get());

                while (readsOn(socket))
                    continue;
            }
        }
        server.awaitNoAssociation();
    }

    /** {@code null} if it was opened; then its release was asked for. */
    private Exception opening(int port) {
        Connection remote = new Connection(null, "127.0.0.1", port);
        new Device("remote").addConnection(remote);
        AAssociateRQ request = new AAssociateRQ();
        request.setCalledAET("DEST");
        request.addPresentationContext(new PresentationContext(1, UID.HangingProtocolStorage, UID.ImplicitVRLittleEndian));
        try {
            server.ae().connect(remote, request).release();
            return null;
        } catch (Exception e) {
            return e;
        }
    }

    private static byte[] request() {
        byte[] context = joined(bytes(1, 0, 0, 0), item(0x30, UID.Verification), item(0x40, UID.ImplicitVRLittleEndian));
        return associate(1, item(0x20, context));
    }

    private static byte[] accept() {
        return associate(2, item(0x21, joined(bytes(1, 0, 0, 0), item(0x40, UID.ImplicitVRLittleEndian))));
    }

    private static byte[] associate(int type, byte[] context) {
        byte[] titles = String.format("\0\1\0\0%-16s%-16s", "HPQR", "RAW").getBytes(StandardCharsets.US_ASCII);
        byte[] body = joined(titles, new byte[32], item(0x10, "1.2.840.10008.3.1.1.1"), context);
        return joined(ByteBuffer.allocate(6).put((byte) type).put((byte) 0).putInt(body.length).array(), body);
    }

    private static byte[] item(int type, String text) {
        return item(type, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] item(int type, byte[] content) {
        return joined(bytes(type, 0, 0, content.length), content);
    }

    private static byte[] echo(int dataSetType) {
        return pdv(3, command(dataSetType));
    }

    private static byte[] command(int dataSetType) {
        byte[] uid = (UID.Verification + "\0").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer command = ByteBuffer.allocate(8 + uid.length + 3 * 10).order(ByteOrder.LITTLE_ENDIAN);
        command.putInt(0x00020000).putInt(uid.length).put(uid);
        for (int[] element : new int[][] {{0x0100, 0x0030}, {0x0110, 7}, {0x0800, dataSetType}})
            command.putInt(element[0] << 16).putInt(2).putShort((short) element[1]);
        return command.array();
    }

    private static byte[] pdv(int control, byte[] content) {
        return joined(ByteBuffer.allocate(6).putInt(content.length + 2).put((byte) 1).put((byte) control).array(), content);
    }

    private static byte[] pdu(byte[]... pdvs) {
        byte[] body = joined(pdvs);
        return joined(ByteBuffer.allocate(6).put((byte) 4).put((byte) 0).putInt(body.length).array(), body);
    }

    private static byte[] repeated(byte[] part) {
        return joined(Stream.generate(() -> part).limit(200).toArray(byte[][]::new));
    }

    private static byte[] first(byte[] of, int length) {
        return Arrays.copyOf(of, length);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++)
            bytes[i] = (byte) values[i];
        return bytes;
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts)
            all.writeBytes(part);
        return all.toByteArray();
    }
}

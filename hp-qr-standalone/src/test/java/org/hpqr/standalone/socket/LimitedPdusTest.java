package org.hpqr.standalone.socket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.dcm4che3.net.pdu.AAbort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each limit: at it, above it. */
class LimitedPdusTest {

    private static final int C_STORE_RQ = 0x0001;
    private static final int C_STORE_RSP = 0x8001;
    private static final int COMMAND = 1;
    private static final int LAST = 2;

    private static final PduLimits LIMITS = new PduLimits(4_096, 300, 200, Duration.ofMinutes(1));
    private static final Peer PEER = new Peer("192.0.2.1:4711");

    @ParameterizedTest
    @CsvSource({"4, 4096, true", "4, 4097, false", "4, 16777216, false", "4, -1, false",
        "1, 300, true", "1, 301, false", "1, -1, false", "2, 300, true", "2, 301, false"})
    void pduMayBeAsLongAsItsLimit(int type, int length, boolean passes) {
        byte[] header = pduHeader(type, length);

        assertPasses(passes, header);
    }

    @Test
    void longPduIsRefusedBeforeItsBytesCome() {
        InputStream endless = new InputStream() {
            private final byte[] header = pduHeader(4, 5_000);
            private int at;

            @Override
            public int read() {
                if (at == header.length)
                    throw new AssertionError("read on");
                return header[at++] & 0xFF;
            }
        };

        assertThrows(AAbort.class, () -> new LimitedPdus(endless, LIMITS, PEER).readNBytes(6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HPQR", "HP QR-1", "", "\0", "HPQR\0\0\0"})
    void titlesMayHaveVisibleCharactersAndPadding(String title) {
        assertPasses(true, associateRq(title, "WS1"));
        assertPasses(true, associateRq("HPQR", title));
    }

    @ParameterizedTest
    @ValueSource(strings = {"A\nB", "A\rB", "\u001B[2J", "A\tB", "A\0B", "A\u007F", "A\u009B2J", "\u00C4"})
    void otherCharactersInTitlesAreRefused(String title) {
        assertPasses(false, associateRq(title, "WS1"));
        assertPasses(false, associateRq("HPQR", title));
    }

    @ParameterizedTest
    @CsvSource({"200, true", "201, false"})
    void commandMayBeAsLargeAsItsLimit(int size, boolean passes) {
        assertPasses(passes, pData(pdv(COMMAND | LAST, command(C_STORE_RQ, size))));
    }

    @Test
    void fragmentsOfACommandAreCountedTogether() {
        assertPasses(false, pData(pdv(COMMAND, new byte[150])), pData(pdv(COMMAND, new byte[51])));
    }

    @Test
    void commandsAreCountedOneByOne() {
        byte[] message = pData(pdv(COMMAND | LAST, command(C_STORE_RSP, 200)));

        assertPasses(true, message, message, message);
    }

    @Test
    void dataSetsHaveNoLimitHere() {
        assertPasses(true, pData(pdv(COMMAND | LAST, command(C_STORE_RQ, 100))), pData(pdv(0, new byte[4_000])),
                pData(pdv(LAST, new byte[4_000])));
    }

    @Test
    void responseHasNoDataSet() {
        byte[] response = pdv(COMMAND | LAST, command(C_STORE_RSP, 100));

        assertPasses(true, pData(response), pData(response));
        assertPasses(false, pData(response, pdv(LAST, new byte[10])));
        assertPasses(false, pData(response), pData(pdv(LAST, new byte[10])));
        assertPasses(true, pData(response), pData(pdv(COMMAND | LAST, command(C_STORE_RQ, 100))), pData(pdv(LAST, new byte[10])));
    }

    /** However the bytes are cut by the network. */
    @Test
    void whatPassesIsNotChanged() throws IOException {
        byte[] stream = joined(associateRq("HPQR", "WS1"),
                pData(pdv(COMMAND, command(C_STORE_RQ, 60)), pdv(COMMAND | LAST, new byte[0]), pdv(0, new byte[7])),
                pData(pdv(LAST, new byte[400])), pduHeader(5, 4), new byte[4]);
        Random random = new Random(1);
        for (int round = 0; round < 100; round++) {
            InputStream pieces = new ByteArrayInputStream(stream) {
                @Override
                public synchronized int read(byte[] bytes, int offset, int length) {
                    return super.read(bytes, offset, Math.min(length, 1 + random.nextInt(20)));
                }
            };
            assertArrayEquals(stream, new LimitedPdus(pieces, LIMITS, PEER).readAllBytes());
        }
    }

    /** Nothing that may come makes it fail in any other way, or lose a byte. */
    @Test
    void anythingElseIsLeftToTheToolkit() throws IOException {
        Logger log = Logger.getLogger(Peer.class.getName());
        log.setLevel(Level.OFF);
        try {
            tryAnything(new Random(2));
        } finally {
            log.setLevel(null);
        }
    }

    private static void tryAnything(Random random) throws IOException {
        for (int round = 0; round < 20_000; round++) {
            byte[] stream = joined(pduHeader(random.nextInt(9), random.nextInt(64)), random.ints(100, 0, 9)
                    .collect(ByteArrayOutputStream::new, ByteArrayOutputStream::write, (a, b) -> { }).toByteArray());
            InputStream in = new LimitedPdus(new ByteArrayInputStream(stream), LIMITS, PEER);
            try {
                assertEquals(stream.length, in.readAllBytes().length);
            } catch (AAbort e) {
                assertEquals(AAbort.UL_SERIVE_PROVIDER, e.getSource());
            }
        }
    }

    private static void assertPasses(boolean passes, byte[]... pdus) {
        InputStream in = new LimitedPdus(new ByteArrayInputStream(joined(pdus)), LIMITS, PEER);
        if (!passes) {
            assertThrows(AAbort.class, in::readAllBytes);
            return;
        }
        try {
            assertArrayEquals(joined(pdus), in.readAllBytes());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] pduHeader(int type, int length) {
        return ByteBuffer.allocate(6).put((byte) type).put((byte) 0).putInt(length).array();
    }

    private static byte[] associateRq(String called, String calling) {
        byte[] applicationContext = "1.2.840.10008.3.1.1.1".getBytes(StandardCharsets.US_ASCII);
        int length = 68 + 4 + applicationContext.length;
        ByteBuffer pdu = ByteBuffer.allocate(6 + length).put(pduHeader(1, length)).putShort((short) 1).putShort((short) 0);
        pdu.put(padded(called)).put(padded(calling)).position(6 + 68);
        pdu.putShort((short) 0x1000).putShort((short) applicationContext.length).put(applicationContext);
        return pdu.array();
    }

    private static byte[] padded(String title) {
        byte[] bytes = " ".repeat(16).getBytes(StandardCharsets.ISO_8859_1);
        byte[] text = title.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(text, 0, bytes, 0, text.length);
        if (title.endsWith("\0"))
            IntStream.range(text.length, 16).forEach(i -> bytes[i] = 0);
        return bytes;
    }

    private static byte[] pData(byte[]... pdvs) {
        byte[] body = joined(pdvs);
        return joined(pduHeader(4, body.length), body);
    }

    private static byte[] pdv(int messageControlHeader, byte[] body) {
        return joined(ByteBuffer.allocate(6).putInt(body.length + 2).put((byte) 1).put((byte) messageControlHeader).array(), body);
    }

    /** A command set of {@code size} bytes: Affected SOP Class UID, Command Field, Error Comment. */
    private static byte[] command(int field, int size) {
        ByteBuffer command = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        command.putShort((short) 0).putShort((short) 2).putInt(4).put("1.2\0".getBytes(StandardCharsets.US_ASCII));
        command.putShort((short) 0).putShort((short) 0x100).putInt(2).putShort((short) field);
        command.putShort((short) 0).putShort((short) 0x902).putInt(size - command.position() - 4);
        return command.array();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts)
            all.writeBytes(part);
        return all.toByteArray();
    }
}

package org.hpqr.standalone.socket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes to a peer, for each maximum length it may announce. */
class SentPdusTest {

    private static final int COMMAND = 1;
    private static final int LAST = 2;

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final Peer peer = new Peer("192.0.2.1:4711");
    private final SentPdus out = new SentPdus(sent, peer);
    private final Random random = new Random(1);

    private record Pdv(int pduLength, int context, int control, byte[] content) {
    }

    /** PS3.8 D.1, E.1. */
    @ParameterizedTest
    @ValueSource(ints = {8, 9, 20, 21, 128, 129, 1_019, 4_097, 16_378, Integer.MAX_VALUE})
    void noPduIsTooLongNoPdvEmptyAndNoFragmentOdd(int maximum) throws IOException {
        peer.setMaximumLength(maximum);
        byte[] command = bytes(126);
        byte[] begin = bytes(2_000);
        byte[] end = bytes(777);

        out.write(pData(pdv(3, COMMAND | LAST, command), pdv(3, 0, begin)));
        out.write(pData(pdv(3, 0, new byte[0])));
        out.write(pData(pdv(3, LAST, end)));

        List<Pdv> pdvs = pdvs(sent.toByteArray());
        for (Pdv pdv : pdvs) {
            assertTrue(pdv.pduLength <= maximum, () -> "PDU of " + pdv.pduLength);
            assertEquals(3, pdv.context);
            assertTrue(pdv.content.length > 0, "empty PDV");
            if ((pdv.control & LAST) == 0)
                assertEquals(0, pdv.content.length % 2, "odd fragment");
        }
        assertArrayEquals(command, content(pdvs, COMMAND));
        assertArrayEquals(joined(begin, end), content(pdvs, 0));
        assertEquals(2, pdvs.stream().filter(pdv -> (pdv.control & LAST) != 0).count());
    }

    @Test
    void whatThePeerCanTakeIsNotChanged() throws IOException {
        peer.setMaximumLength(1_000);
        byte[] pdus = joined(pdu(1, bytes(5_000)), pData(pdv(1, COMMAND | LAST, bytes(100)), pdv(1, LAST, bytes(881))),
                pdu(5, new byte[4]));

        for (int at = 0, length; at < pdus.length; at += length) {
            length = Math.min(1 + random.nextInt(20), pdus.length - at);
            out.write(pdus, at, length);
        }

        assertArrayEquals(pdus, sent.toByteArray());
    }

    /** There is no other way to send a data set of no bytes. */
    @Test
    void emptyLastFragmentStays() throws IOException {
        byte[] pdu = pData(pdv(1, LAST, new byte[0]));

        out.write(pdu);

        assertArrayEquals(pdu, sent.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 6, 7})
    void rejectionReleaseAndAbortAreTheEnd(int type) throws IOException {
        out.write(pdu(5, new byte[4]));
        assertFalse(peer.hasEnded());

        out.write(pdu(type, new byte[4]));

        assertTrue(peer.hasEnded());
    }

    @Test
    void abortDoesNotGetIntoAPdu() throws IOException {
        byte[] pdu = pData(pdv(1, LAST, new byte[2]));
        out.write(pdu, 0, 10);
        assertFalse(out.abort());

        out.write(pdu, 10, pdu.length - 10);
        assertTrue(out.abort());

        assertArrayEquals(joined(pdu, pdu(7, new byte[] {0, 0, 2, 0})), sent.toByteArray());
        assertTrue(peer.hasEnded());
    }

    @Test
    void whatIsHeldGoesOutInOnePieceAndInItsOrder() throws IOException {
        List<byte[]> pieces = new ArrayList<>();
        SentPdus holding = new SentPdus(new OutputStream() {
            @Override
            public void write(int b) {
                throw new AssertionError("one by one");
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                pieces.add(Arrays.copyOfRange(bytes, offset, offset + length));
            }
        }, peer);
        byte[] first = pData(pdv(1, LAST, bytes(100)));
        byte[] second = pData(pdv(1, LAST, bytes(200)));
        byte[] large = pData(pdv(1, LAST, bytes(20_000)));

        holding.hold();
        holding.write(first);
        holding.write(second);
        assertEquals(0, pieces.size());
        holding.release();
        holding.write(first);
        holding.hold();
        holding.write(second);
        holding.write(large);
        holding.write(first);
        holding.write(pdu(5, new byte[4]));
        holding.write(second);
        assertTrue(holding.abort());

        assertPieces(List.of(joined(first, second), first, second, large, first, pdu(5, new byte[4]), second,
                pdu(7, new byte[] {0, 0, 2, 0})), pieces);
    }

    /** So that what waits takes no more memory than one short PDU. */
    @Test
    void littleIsHeld() throws IOException {
        byte[] pdu = pData(pdv(1, LAST, bytes(6_000)));
        out.hold();
        for (int i = 0; i < 5; i++)
            out.write(pdu);
        assertEquals(4 * pdu.length, sent.size());
        out.release();
        assertArrayEquals(joined(pdu, pdu, pdu, pdu, pdu), sent.toByteArray());
    }

    private static void assertPieces(List<byte[]> expected, List<byte[]> pieces) {
        assertEquals(expected.stream().map(Arrays::toString).toList(), pieces.stream().map(Arrays::toString).toList());
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] content(List<Pdv> pdvs, int command) {
        return joined(pdvs.stream().filter(pdv -> (pdv.control & COMMAND) == command).map(Pdv::content).toArray(byte[][]::new));
    }

    private static List<Pdv> pdvs(byte[] pdus) {
        List<Pdv> pdvs = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(pdus);
        while (in.hasRemaining()) {
            assertEquals(0x0400, in.getShort());
            int length = in.getInt();
            for (int end = in.position() + length; in.position() < end;) {
                byte[] content = new byte[in.getInt() - 2];
                int context = in.get();
                int control = in.get();
                in.get(content);
                pdvs.add(new Pdv(length, context, control, content));
            }
        }
        return pdvs;
    }

    private static byte[] pData(byte[]... pdvs) {
        return pdu(4, joined(pdvs));
    }

    private static byte[] pdu(int type, byte[] body) {
        return joined(ByteBuffer.allocate(6).put((byte) type).put((byte) 0).putInt(body.length).array(), body);
    }

    private static byte[] pdv(int context, int control, byte[] body) {
        return joined(ByteBuffer.allocate(6).putInt(body.length + 2).put((byte) context).put((byte) control).array(), body);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts)
            all.writeBytes(part);
        return all.toByteArray();
    }
}

package org.hpqr.toolkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.InputStream;
import java.util.HexFormat;
import org.dcm4che3.util.ByteUtils;
import org.dcm4che3.util.StreamUtils;
import org.dcm4che3.util.UIDUtils;
import org.junit.jupiter.api.Test;

/** The classes that stand for those of the fork's own library. */
class SuppliedClassesTest {

    private final byte[] bytes = hex("0072003c fedcba98 40490fdb");

    @Test
    void numbersAreReadInBothByteOrders() {
        assertEquals(0x0072003c, ByteUtils.bytesToTag(bytes, 0, true));
        assertEquals(0x72003c00, ByteUtils.bytesToTag(bytes, 0, false));
        assertEquals(0xfedc, ByteUtils.bytesToUShort(bytes, 4, true));
        assertEquals(0xdcfe, ByteUtils.bytesToUShort(bytes, 4, false));
        assertEquals((short) 0xfedc, ByteUtils.bytesToShort(bytes, 4, true));
        assertEquals(0xfedcba98, ByteUtils.bytesToIntBE(bytes, 4));
        assertEquals(0x98badcfe, ByteUtils.bytesToInt(bytes, 4, false));
        assertEquals((float) Math.PI, ByteUtils.bytesToFloat(bytes, 8, true));
        assertEquals(Double.longBitsToDouble(0xfedcba9840490fdbL), ByteUtils.bytesToDouble(bytes, 4, true));
    }

    @Test
    void numbersAreWrittenInBothByteOrders() {
        assertArrayEquals(hex("0072003c"), ByteUtils.tagToBytes(0x0072003c, new byte[4], 0, true));
        assertArrayEquals(hex("72003c00"), ByteUtils.tagToBytes(0x0072003c, new byte[4], 0, false));
        assertArrayEquals(hex("00 fedc"), ByteUtils.shortToBytesBE(0xfedc, new byte[3], 1));
        assertArrayEquals(hex("dcfe"), ByteUtils.shortToBytes(0xfedc, new byte[2], 0, false));
        assertArrayEquals(hex("98badcfe"), ByteUtils.intToBytes(0xfedcba98, new byte[4], 0, false));
        assertArrayEquals(hex("40490fdb"), ByteUtils.floatToBytes((float) Math.PI, new byte[4], 0, true));
        assertArrayEquals(hex("0123456789abcdef"), ByteUtils.longToBytesBE(0x0123456789abcdefL, new byte[8], 0));
    }

    @Test
    void groupsOfBytesAreReversedInPlace() {
        assertArrayEquals(hex("00 2301 6745 89"), ByteUtils.swapShorts(hex("00 0123 4567 89"), 1, 4));
        assertArrayEquals(hex("67452301"), ByteUtils.swapInts(hex("01234567"), 0, 4));
        assertArrayEquals(hex("efcdab8967452301"), ByteUtils.swapLongs(hex("0123456789abcdef"), 0, 8));
        assertThrows(IllegalArgumentException.class, () -> ByteUtils.swapInts(new byte[6], 0, 6));
    }

    @Test
    void aCopyEndsAtItsLengthOrFails() throws Exception {
        byte[] source = new byte[5000];
        source[4998] = 1;
        InputStream in = new ByteArrayInputStream(source);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StreamUtils.copy(in, out, 5000, 2);
        assertEquals(1, out.toByteArray()[4999]);
        assertEquals(5000, out.size());
        assertThrows(EOFException.class, () -> StreamUtils.copy(in, out, 1));
        assertThrows(EOFException.class, () -> StreamUtils.skipFully(in, 1));
        assertThrows(EOFException.class, () -> StreamUtils.readFully(in, new byte[1], 0, 1));
        assertEquals(0, StreamUtils.readAvailable(in, new byte[1], 0, 1));
    }

    @Test
    void uidsAreMadeAndChecked() {
        String uid = UIDUtils.createUID();
        assertTrue(uid.startsWith("2.25."));
        assertTrue(UIDUtils.isValid(uid));
        for (String invalid : new String[] {"", "1", "1.02", "1.2.", "3.1", "1.2.a", "1." + "2".repeat(63)})
            assertFalse(UIDUtils.isValid(invalid), invalid);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }
}

package org.hpqr.it.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Bytes put one after another, with nothing checked: what is wrong is to be written, too. */
final class Bytes {

    /** PS3.5 7.1.2. */
    private static final List<String> WITH_LONG_LENGTH =
            List.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "UC", "UN", "UR", "UT");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ByteOrder order;

    Bytes(ByteOrder order) {
        this.order = order;
    }

    /** As data sets are. */
    static Bytes little() {
        return new Bytes(ByteOrder.LITTLE_ENDIAN);
    }

    /** As PDUs are. */
    static Bytes big() {
        return new Bytes(ByteOrder.BIG_ENDIAN);
    }

    Bytes u8(int... values) {
        for (int value : values)
            bytes.write(value);
        return this;
    }

    Bytes u16(int value) {
        return put(ByteBuffer.allocate(2).order(order).putShort((short) value).array());
    }

    Bytes u32(long value) {
        return put(ByteBuffer.allocate(4).order(order).putInt((int) value).array());
    }

    Bytes put(byte[] more) {
        bytes.writeBytes(more);
        return this;
    }

    Bytes text(String text) {
        return put(text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] array() {
        return bytes.toByteArray();
    }

    /** An element in Implicit VR Little Endian, as commands have it. */
    static byte[] element(int group, int number, byte[] value) {
        return little().u16(group).u16(number).u32(value.length + value.length % 2).put(value)
                .put(new byte[value.length % 2]).array();
    }

    /** An element in Explicit VR Little Endian, with whatever length. */
    static byte[] element(int group, int number, String vr, long length, byte[] value) {
        Bytes element = little().u16(group).u16(number).text(vr);
        if (WITH_LONG_LENGTH.contains(vr))
            element.u16(0).u32(length);
        else
            element.u16((int) length);
        return element.put(value).array();
    }

    /** A text in UTF-8, padded as its VR wants it. */
    static byte[] text(int group, int number, String vr, String text) {
        byte[] value = text.getBytes(StandardCharsets.UTF_8);
        byte[] even = Arrays.copyOf(value, value.length + value.length % 2);
        if (even.length > value.length)
            even[value.length] = (byte) (vr.equals("UI") ? '\0' : ' ');
        return element(group, number, vr, even.length, even);
    }

    static byte[] joined(byte[]... parts) {
        Bytes all = little();
        for (byte[] part : parts)
            all.put(part);
        return all.array();
    }
}

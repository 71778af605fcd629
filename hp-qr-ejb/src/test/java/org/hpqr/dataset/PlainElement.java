package org.hpqr.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A data element as PS3.5 7.1 describes it, with an encoder and a reader for little endian that share nothing with the
 * toolkit.
 *
 * @param vr    of two letters; SQ for a sequence
 * @param value of an even length; {@code null} for a sequence
 * @param items {@code null} for what is no sequence
 */
record PlainElement(int tag, String vr, byte[] value, List<List<PlainElement>> items) {

    private static final Set<String> LONG_FORM =
            Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");
    private static final int ITEM = 0xFFFEE000;
    private static final int ITEM_END = 0xFFFEE00D;
    private static final int SEQUENCE_END = 0xFFFEE0DD;
    private static final int UNDEFINED = -1;
    private static final int MAX_SHORT = 0xFFFE;

    static boolean hasLongForm(String vr) {
        return LONG_FORM.contains(vr);
    }

    /** @param undefined asked for each sequence and item: is its length undefined? */
    static byte[] encode(List<PlainElement> elements, boolean explicit, BooleanSupplier undefined) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (PlainElement element : elements)
            element.encode(explicit, undefined, out);
        return out.toByteArray();
    }

    private void encode(boolean explicit, BooleanSupplier undefined, ByteArrayOutputStream out) {
        if (items == null) {
            // PS3.5 6.2.2: a value too long for the length field of its VR goes as UN
            String written = value.length > MAX_SHORT && !hasLongForm(vr) ? "UN" : vr;
            header(tag, explicit ? written : null, value.length, out);
            out.writeBytes(value);
            return;
        }
        boolean open = undefined.getAsBoolean();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (List<PlainElement> item : items) {
            boolean openItem = undefined.getAsBoolean();
            byte[] encoded = PlainElement.encode(item, explicit, undefined);
            header(ITEM, null, openItem ? UNDEFINED : encoded.length, content);
            content.writeBytes(encoded);
            if (openItem)
                header(ITEM_END, null, 0, content);
        }
        header(tag, explicit ? vr : null, open ? UNDEFINED : content.size(), out);
        out.writeBytes(content.toByteArray());
        if (open)
            header(SEQUENCE_END, null, 0, out);
    }

    private static void header(int tag, String vr, int length, ByteArrayOutputStream out) {
        ByteBuffer header = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putShort((short) (tag >> 16)).putShort((short) tag);
        if (vr != null)
            header.put(vr.getBytes(StandardCharsets.US_ASCII));
        if (vr != null && hasLongForm(vr))
            header.putShort((short) 0);
        if (vr != null && !hasLongForm(vr))
            header.putShort((short) length);
        else
            header.putInt(length);
        out.write(header.array(), 0, header.position());
    }

    /** Reads what was encoded anew, element by element beside what it was made of, and compares every value byte by byte. */
    static void assertSame(List<PlainElement> expected, byte[] encoded, boolean explicit) {
        ByteBuffer in = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
        elements(expected, in, explicit, encoded.length);
        assertEquals(0, in.remaining(), "bytes after the last element");
    }

    private static int tag(ByteBuffer in) {
        return in.getShort() << 16 | in.getShort() & 0xFFFF;
    }

    private static void elements(List<PlainElement> expected, ByteBuffer in, boolean explicit, int end) {
        for (PlainElement element : expected) {
            assertEquals(String.format("%08X", element.tag), String.format("%08X", tag(in)));
            element.compare(in, explicit);
        }
        if (end != UNDEFINED)
            assertEquals(end, in.position(), "end");
    }

    private void compare(ByteBuffer in, boolean explicit) {
        String found = vr;
        int length;
        if (explicit) {
            found = "" + (char) in.get() + (char) in.get();
            assertTrue(found.equals(vr) || found.equals("UN"), () -> String.format("%08X is no %s any more", tag, vr));
            if (hasLongForm(found))
                in.getShort();
            length = hasLongForm(found) ? in.getInt() : in.getShort() & 0xFFFF;
        } else {
            length = in.getInt();
        }
        if (items == null) {
            byte[] bytes = new byte[length];
            in.get(bytes);
            assertArrayEquals(value, bytes, () -> String.format("%08X", tag));
        } else {
            // PS3.5 6.2.2: what is inside a UN is in implicit VR
            items(in, explicit && found.equals("SQ"), length);
        }
    }

    private void items(ByteBuffer in, boolean explicit, int length) {
        int end = in.position() + length;
        for (List<PlainElement> item : items) {
            assertEquals(ITEM, tag(in));
            int itemLength = in.getInt();
            elements(item, in, explicit, itemLength == UNDEFINED ? UNDEFINED : in.position() + itemLength);
            if (itemLength == UNDEFINED) {
                assertEquals(ITEM_END, tag(in));
                assertEquals(0, in.getInt());
            }
        }
        if (length == UNDEFINED) {
            assertEquals(SEQUENCE_END, tag(in));
            assertEquals(0, in.getInt());
        } else {
            assertEquals(end, in.position(), "end of the sequence");
        }
    }

    @Override
    public String toString() {
        return String.format("%08X %s %s", tag, vr, items == null ? value.length + " bytes" : items.toString());
    }
}

package org.hpqr.dataset;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import org.dcm4che3.data.ElementDictionary;
import org.dcm4che3.data.VR;

/**
 * Gives a data set in Implicit VR Little Endian one form out of the several it can have: sequences and items of undefined
 * length, empty ones of zero length, no group lengths.
 *
 * <p>What implicit VR does not tell, whether the value of a private or unknown element is a sequence, is told from the
 * value: it is one if it consists of items, and they of elements, to the last byte. So it has the same form whether it
 * came as SQ or as bytes of VR UN (PS3.5 6.2.2).
 */
final class CanonicalEncoding {

    private static final int ITEM = 0xFFFEE000;
    private static final int ITEM_END = 0xFFFEE00D;
    private static final int SEQUENCE_END = 0xFFFEE0DD;
    private static final int UNDEFINED = -1;
    private static final int HEADER = 8;
    private static final int MALFORMED = -1;
    /** Deeper than any protocol: what is nested deeper in a value is taken for bytes. */
    private static final int MAX_DEPTH = 32;

    private final ByteBuffer in;

    private CanonicalEncoding(byte[] dataset) {
        in = ByteBuffer.wrap(dataset).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Takes the canonical form into a digest.
     *
     * @param dataset well-formed, as an encoder makes it
     */
    static void update(MessageDigest digest, byte[] dataset) {
        Output out = new Output(dataset.length);
        int end = new CanonicalEncoding(dataset).elements(0, dataset.length, UNDEFINED, out, 0);
        if (end == dataset.length)
            out.update(digest);
        else
            digest.update(dataset);
    }

    /**
     * Says whether a value of undefined length is fragments: items of defined length that do not consist of elements.
     *
     * @param dataset  in little endian
     * @param position of the value
     */
    static boolean isFragments(byte[] dataset, int position) {
        CanonicalEncoding encoding = new CanonicalEncoding(dataset);
        return encoding.isItemsOfDefinedLength(position)
                && encoding.items(position, dataset.length, UNDEFINED, new Output(64), 1) == MALFORMED;
    }

    private boolean isItemsOfDefinedLength(int begin) {
        for (int at = begin; in.limit() - at >= HEADER; at += HEADER + in.getInt(at + 4)) {
            if (tag(at) == SEQUENCE_END)
                return true;
            int length = in.getInt(at + 4);
            if (tag(at) != ITEM || length < 0 || length > in.limit() - at - HEADER)
                return false;
        }
        return false;
    }

    private static final class Output extends ByteArrayOutputStream {

        private Output(int size) {
            super(size);
        }

        /** Without the copy that {@link #toByteArray} makes: an object may have many megabytes. */
        private void update(MessageDigest digest) {
            digest.update(buf, 0, count);
        }

        private void header(int tag, int length) {
            writeBytes(ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN).putShort((short) (tag >> 16))
                    .putShort((short) tag).putInt(length).array());
        }
    }

    private int tag(int at) {
        return in.getShort(at) << 16 | in.getShort(at + 2) & 0xFFFF;
    }

    /**
     * Copies elements up to {@code end}, or up to and with the end of an item of undefined length.
     *
     * @param length of the item, or {@link #UNDEFINED}
     * @return where they end, or {@link #MALFORMED}
     */
    private int elements(int begin, int end, int length, Output out, int depth) {
        int at = begin;
        while (at < end) {
            if (end - at < HEADER)
                return MALFORMED;
            int tag = tag(at);
            if (tag == ITEM_END && length == UNDEFINED && depth > 0)
                return at + HEADER;
            if (tag >>> 16 == 0xFFFE)
                return MALFORMED;
            at = element(tag, at, end, out, depth);
            if (at == MALFORMED)
                return MALFORMED;
        }
        return length == UNDEFINED && depth > 0 ? MALFORMED : at;
    }

    private int element(int tag, int begin, int end, Output out, int depth) {
        int length = in.getInt(begin + 4);
        int value = begin + HEADER;
        if (length == UNDEFINED || length > 0 && mayBeSequence(tag)) {
            Output items = new Output(64);
            int after = items(value, length == UNDEFINED ? end : value + length, length, items, depth + 1);
            if (after != MALFORMED) {
                out.header(tag, items.size() == 0 ? 0 : UNDEFINED);
                if (items.size() > 0) {
                    out.writeBytes(items.toByteArray());
                    out.header(SEQUENCE_END, 0);
                }
                return after;
            }
        }
        if (length < 0 || length > end - value)
            return MALFORMED;
        if ((tag & 0xFFFF) != 0)
            out.write(in.array(), begin, HEADER + length);
        return value + length;
    }

    private static boolean mayBeSequence(int tag) {
        VR vr = (tag & 0x10000) != 0 ? VR.UN : ElementDictionary.vrOf(tag, null);
        return vr == VR.UN || vr == VR.SQ;
    }

    /** @return where the sequence ends, or {@link #MALFORMED}: it is none */
    private int items(int begin, int end, int length, Output out, int depth) {
        if (depth > MAX_DEPTH || end > in.limit())
            return MALFORMED;
        int at = begin;
        while (at < end) {
            if (end - at < HEADER)
                return MALFORMED;
            int tag = tag(at);
            int itemLength = in.getInt(at + 4);
            if (tag == SEQUENCE_END && length == UNDEFINED)
                return at + HEADER;
            int content = at + HEADER;
            if (tag != ITEM || itemLength < UNDEFINED || itemLength > end - content)
                return MALFORMED;
            Output item = new Output(64);
            at = elements(content, itemLength == UNDEFINED ? end : content + itemLength, itemLength, item, depth);
            if (at == MALFORMED)
                return MALFORMED;
            out.header(ITEM, item.size() == 0 ? 0 : UNDEFINED);
            if (item.size() > 0) {
                out.writeBytes(item.toByteArray());
                out.header(ITEM_END, 0);
            }
        }
        return length == UNDEFINED ? MALFORMED : at;
    }
}

package org.hpqr.dataset;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
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

    private static final class Output {

        private byte[] bytes;
        private int size;

        private Output(int expected) {
            bytes = new byte[expected];
        }

        private void update(MessageDigest digest) {
            digest.update(bytes, 0, size);
        }

        private void copy(byte[] from, int begin, int length) {
            reserve(length);
            System.arraycopy(from, begin, bytes, size, length);
            size += length;
        }

        private void header(int tag, int length) {
            reserve(HEADER);
            bytes[size++] = (byte) (tag >> 16);
            bytes[size++] = (byte) (tag >> 24);
            bytes[size++] = (byte) tag;
            bytes[size++] = (byte) (tag >> 8);
            for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE)
                bytes[size++] = (byte) (length >> shift);
        }

        /** @param begin of a header of undefined length. What has nothing after it gets the length zero, the rest a delimiter */
        private void end(int begin, int delimiter) {
            if (size == begin + HEADER)
                Arrays.fill(bytes, begin + 4, size, (byte) 0);
            else
                header(delimiter, 0);
        }

        private void reserve(int length) {
            if (length > bytes.length - size)
                bytes = Arrays.copyOf(bytes, Math.addExact(size, Math.max(size, length)));
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
        if (length == UNDEFINED || length >= HEADER && end - value >= HEADER && tag(value) == ITEM && mayBeSequence(tag)) {
            int header = out.size;
            out.header(tag, UNDEFINED);
            int after = items(value, length == UNDEFINED ? end : value + length, length, out, depth + 1);
            if (after != MALFORMED) {
                out.end(header, SEQUENCE_END);
                return after;
            }
            out.size = header;
        }
        if (length < 0 || length > end - value)
            return MALFORMED;
        if ((tag & 0xFFFF) != 0)
            out.copy(in.array(), begin, HEADER + length);
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
            int header = out.size;
            out.header(ITEM, UNDEFINED);
            at = elements(content, itemLength == UNDEFINED ? end : content + itemLength, itemLength, out, depth);
            if (at == MALFORMED)
                return MALFORMED;
            out.end(header, ITEM_END);
        }
        return length == UNDEFINED ? MALFORMED : at;
    }
}

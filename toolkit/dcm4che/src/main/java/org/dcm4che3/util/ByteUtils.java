package org.dcm4che3.util;

import static java.lang.invoke.MethodHandles.byteArrayViewVarHandle;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.invoke.VarHandle;

/** Numbers in byte arrays, in both byte orders. An array that is given to be written to is also what is returned. */
public final class ByteUtils {

    private static final VarHandle SHORT_BE = byteArrayViewVarHandle(short[].class, BIG_ENDIAN);
    private static final VarHandle SHORT_LE = byteArrayViewVarHandle(short[].class, LITTLE_ENDIAN);
    private static final VarHandle INT_BE = byteArrayViewVarHandle(int[].class, BIG_ENDIAN);
    private static final VarHandle INT_LE = byteArrayViewVarHandle(int[].class, LITTLE_ENDIAN);
    private static final VarHandle LONG_BE = byteArrayViewVarHandle(long[].class, BIG_ENDIAN);
    private static final VarHandle LONG_LE = byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);

    private ByteUtils() {
    }

    /** A VR is two characters: its byte order is no matter. */
    public static int bytesToVR(byte[] bytes, int off) {
        return bytesToUShortBE(bytes, off);
    }

    public static int bytesToUShort(byte[] bytes, int off, boolean bigEndian) {
        return Short.toUnsignedInt((short) bytesToShort(bytes, off, bigEndian));
    }

    public static int bytesToUShortBE(byte[] bytes, int off) {
        return bytesToUShort(bytes, off, true);
    }

    public static int bytesToShort(byte[] bytes, int off, boolean bigEndian) {
        return (short) (bigEndian ? SHORT_BE : SHORT_LE).get(bytes, off);
    }

    /** dcm4che calls this one bytesToShorts; the renamed classes by the name it has here. */
    public static void bytesToShort(byte[] bytes, short[] shorts, int off, int len, boolean bigEndian) {
        for (int i = 0; i < len; i++)
            shorts[off + i] = (short) bytesToShort(bytes, i * Short.BYTES, bigEndian);
    }

    public static int bytesToInt(byte[] bytes, int off, boolean bigEndian) {
        return (int) (bigEndian ? INT_BE : INT_LE).get(bytes, off);
    }

    public static int bytesToIntBE(byte[] bytes, int off) {
        return bytesToInt(bytes, off, true);
    }

    /** A tag is two numbers, each in its byte order: group, element. */
    public static int bytesToTag(byte[] bytes, int off, boolean bigEndian) {
        return bytesToUShort(bytes, off, bigEndian) << Short.SIZE | bytesToUShort(bytes, off + Short.BYTES, bigEndian);
    }

    public static float bytesToFloat(byte[] bytes, int off, boolean bigEndian) {
        return Float.intBitsToFloat(bytesToInt(bytes, off, bigEndian));
    }

    public static double bytesToDouble(byte[] bytes, int off, boolean bigEndian) {
        return Double.longBitsToDouble((long) (bigEndian ? LONG_BE : LONG_LE).get(bytes, off));
    }

    public static byte[] shortToBytes(int value, byte[] bytes, int off, boolean bigEndian) {
        (bigEndian ? SHORT_BE : SHORT_LE).set(bytes, off, (short) value);
        return bytes;
    }

    public static byte[] shortToBytesBE(int value, byte[] bytes, int off) {
        return shortToBytes(value, bytes, off, true);
    }

    public static byte[] intToBytes(int value, byte[] bytes, int off, boolean bigEndian) {
        (bigEndian ? INT_BE : INT_LE).set(bytes, off, value);
        return bytes;
    }

    public static byte[] tagToBytes(int tag, byte[] bytes, int off, boolean bigEndian) {
        shortToBytes(tag >> Short.SIZE, bytes, off, bigEndian);
        return shortToBytes(tag, bytes, off + Short.BYTES, bigEndian);
    }

    public static byte[] floatToBytes(float value, byte[] bytes, int off, boolean bigEndian) {
        return intToBytes(Float.floatToIntBits(value), bytes, off, bigEndian);
    }

    public static byte[] doubleToBytes(double value, byte[] bytes, int off, boolean bigEndian) {
        return longToBytes(Double.doubleToLongBits(value), bytes, off, bigEndian);
    }

    public static byte[] longToBytes(long value, byte[] bytes, int off, boolean bigEndian) {
        (bigEndian ? LONG_BE : LONG_LE).set(bytes, off, value);
        return bytes;
    }

    public static byte[] longToBytesBE(long value, byte[] bytes, int off) {
        return longToBytes(value, bytes, off, true);
    }

    public static byte[] swapShorts(byte[] bytes, int off, int len) {
        return swap(bytes, off, len, Short.BYTES);
    }

    public static byte[] swapInts(byte[] bytes, int off, int len) {
        return swap(bytes, off, len, Integer.BYTES);
    }

    public static byte[] swapLongs(byte[] bytes, int off, int len) {
        return swap(bytes, off, len, Long.BYTES);
    }

    private static byte[] swap(byte[] bytes, int off, int len, int group) {
        if (len < 0 || len % group != 0)
            throw new IllegalArgumentException("length: " + len);
        for (int start = off; start < off + len; start += group)
            for (int i = start, j = start + group - 1; i < j; i++, j--) {
                byte swapped = bytes[i];
                bytes[i] = bytes[j];
                bytes[j] = swapped;
            }
        return bytes;
    }
}

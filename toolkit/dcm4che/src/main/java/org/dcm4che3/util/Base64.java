package org.dcm4che3.util;

import java.nio.charset.StandardCharsets;

/** Base 64 into a given array, as the renamed classes need it for the credentials of an HTTP proxy. */
public final class Base64 {

    private Base64() {
    }

    public static void encode(byte[] source, int sourceOffset, int length, char[] target, int targetOffset) {
        byte[] part = java.util.Arrays.copyOfRange(source, sourceOffset, sourceOffset + length);
        String encoded = new String(java.util.Base64.getEncoder().encode(part), StandardCharsets.US_ASCII);
        encoded.getChars(0, encoded.length(), target, targetOffset);
    }
}

package org.hpqr.ohif;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;

/**
 * The protocol of OHIF that a data set was made of, kept in one private element (PS3.5 7.8.1), so that OHIF gets back what DICOM
 * cannot say. The digest beside it tells whether the standard attributes are still those that were made of it. The browser reads it
 * in {@code hp-qr-ohif/original.js}; their tests compare them.
 */
final class OriginalProtocol {

    static final String CREATOR = "HPQR OHIF";
    private static final int GROUP = 0x0073;
    private static final int ELEMENT = 0x00730001;
    private static final String DIGEST = "digest";
    private static final String PROTOCOL = "protocol";

    /** FNV-1a with 64 bits (RFC 9923): tells whether something was changed, not by whom. Browsers have no SHA-256 without TLS. */
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private OriginalProtocol() {
    }

    /** Puts it into a data set that has all its other attributes. */
    static void keep(JsonObject protocol, Attributes dataset) {
        dataset.setString(CREATOR, ELEMENT, VR.UT, Json.createObjectBuilder().add(DIGEST, digest(dataset).orElseThrow())
                .add(PROTOCOL, protocol).build().toString());
    }

    /** The protocol that a data set was made of; empty if it was made of none, or was changed since. */
    static Optional<JsonObject> of(Attributes dataset) {
        try {
            // not as text: it may have come as bytes of VR UN
            byte[] value = dataset.getBytes(CREATOR, ELEMENT);
            if (value == null)
                return Optional.empty();
            try (JsonReader reader = Json.createReader(new ByteArrayInputStream(withoutPadding(value)))) {
                JsonObject kept = reader.readObject();
                return digest(dataset).filter(kept.getString(DIGEST)::equals).map(digest -> kept.getJsonObject(PROTOCOL));
            }
        } catch (IOException | JsonException | ClassCastException | NullPointerException | NumberFormatException e) {
            // somebody has written something else there
            return Optional.empty();
        }
    }

    /** Is this an element that it is kept in? */
    static boolean isIts(int tag, Attributes dataset) {
        return tag >>> 16 == GROUP && CREATOR.equals(dataset.privateCreatorOf(tag));
    }

    /** Is there one, if only of an earlier state? */
    static boolean isIn(Attributes dataset) {
        return dataset.contains(CREATOR, ELEMENT);
    }

    private static byte[] withoutPadding(byte[] value) {
        int length = value.length;
        while (length > 0 && (value[length - 1] == ' ' || value[length - 1] == 0))
            length--;
        return Arrays.copyOf(value, length);
    }

    /** Empty if there are attributes that no protocol of OHIF becomes. */
    private static Optional<String> digest(Attributes dataset) {
        StringBuilder text = new StringBuilder();
        if (!write(dataset, text))
            return Optional.empty();
        long hash = OFFSET;
        for (byte each : text.toString().getBytes(StandardCharsets.UTF_8))
            hash = (hash ^ each & 0xFF) * PRIME;
        return Optional.of(HexFormat.of().toHexDigits(hash));
    }

    /** Writes what the standard attributes say, whatever transfer syntax they came in. */
    private static boolean write(Attributes item, StringBuilder text) {
        for (int tag : IntStream.of(item.tags()).boxed().sorted(Integer::compareUnsigned).toList()) {
            // Specific Character Set says how text was encoded; here it no longer is
            if (tag >>> 16 == GROUP || tag == Tag.SpecificCharacterSet)
                continue;
            text.append(HexFormat.of().withUpperCase().toHexDigits(tag));
            VR vr = item.getVR(tag);
            if (vr == VR.SQ) {
                if (!writeItems(item.getSequence(tag), text))
                    return false;
            } else if (vr == VR.AT) {
                write(IntStream.of(item.getInts(tag)).mapToObj(HexFormat.of().withUpperCase()::toHexDigits), text);
            } else if (Mapping.NUMBERS.contains(vr.name())) {
                // how many decimals are written is of no matter
                write(values(item, tag).map(value -> Long.toHexString(Double.doubleToLongBits(Double.parseDouble(value)))), text);
            } else if (Mapping.TEXTS.contains(vr.name())) {
                write(values(item, tag), text);
            } else {
                return false;
            }
            text.append('\n');
        }
        return true;
    }

    private static boolean writeItems(Sequence items, StringBuilder text) {
        text.append('[');
        if (items != null)
            for (Attributes nested : items) {
                text.append('{');
                if (!write(nested, text))
                    return false;
                text.append('}');
            }
        text.append(']');
        return true;
    }

    private static void write(Stream<String> values, StringBuilder text) {
        text.append('=').append(values.collect(Collectors.joining("\\")));
    }

    private static Stream<String> values(Attributes item, int tag) {
        return item.containsValue(tag) ? Stream.of(item.getStrings(tag)).map(value -> value == null ? "" : value.strip()) : Stream.empty();
    }
}

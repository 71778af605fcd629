package org.hpqr.ohif;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.VR;
import org.hpqr.dataset.DatasetCodec;

/**
 * The protocol of OHIF that a data set was made of, kept in one private element (PS3.5 7.8.1), so that OHIF gets back what DICOM
 * cannot say. The digest beside it tells whether the standard attributes are still those that were made of it.
 */
final class OriginalProtocol {

    static final int GROUP = 0x0073;

    private static final String CREATOR = "HPQR OHIF";
    private static final int ELEMENT = 0x00730001;
    private static final String DIGEST = "digest";
    private static final String PROTOCOL = "protocol";

    private OriginalProtocol() {
    }

    /** Puts it into a data set that has all its other attributes. */
    static void keep(JsonObject protocol, Attributes dataset) {
        dataset.setString(CREATOR, ELEMENT, VR.UT, Json.createObjectBuilder().add(DIGEST, digest(dataset)).add(PROTOCOL, protocol)
                .build().toString());
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
                Attributes standard = new Attributes(dataset);
                Arrays.stream(standard.tags()).filter(tag -> tag >>> 16 == GROUP).forEach(standard::remove);
                return kept.getString(DIGEST).equals(digest(standard)) ? Optional.of(kept.getJsonObject(PROTOCOL)) : Optional.empty();
            }
        } catch (IOException | JsonException | ClassCastException | NullPointerException | UncheckedIOException e) {
            // somebody has written something else there
            return Optional.empty();
        }
    }

    private static byte[] withoutPadding(byte[] value) {
        int length = value.length;
        while (length > 0 && (value[length - 1] == ' ' || value[length - 1] == 0))
            length--;
        return Arrays.copyOf(value, length);
    }

    private static String digest(Attributes dataset) {
        try {
            return DatasetCodec.contentDigest(dataset);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

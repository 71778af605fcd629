package org.hpqr.bench.floor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.UID;
import org.dcm4che3.io.DicomInputStream;

/** What the constant services answer: given by the benchmark, so that it is as long as what the plugin answers. */
final class Constants {

    private volatile byte[] object = new byte[0];
    /** One for each thread, as encoding a data set is not thread-safe. */
    private volatile ThreadLocal<Attributes> match = ThreadLocal.withInitial(Attributes::new);

    /** Takes the encoded identifier of a response, in Explicit VR Little Endian. */
    void match(byte[] encoded) {
        match = ThreadLocal.withInitial(() -> decode(encoded));
    }

    /** Takes the encoded data set of an object, in Explicit VR Little Endian. */
    void object(byte[] encoded) {
        object = encoded;
    }

    Attributes match() {
        return match.get();
    }

    byte[] object() {
        return object;
    }

    private static Attributes decode(byte[] encoded) {
        try (DicomInputStream in = new DicomInputStream(new ByteArrayInputStream(encoded), UID.ExplicitVRLittleEndian)) {
            return in.readDataset(-1, -1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.hpqr.information;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.IntStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.hpqr.dataset.DatasetCodec;

/** The attributes of an object that a C-FIND may return, as they stand in the database: in Explicit VR Little Endian. */
public final class StoredAttributes {

    /** In no row of the model, but needed to understand those that are. */
    private static final int[] CONTEXT = {Tag.SpecificCharacterSet, Tag.TimezoneOffsetFromUTC};

    private StoredAttributes() {
    }

    /**
     * Encodes what a C-FIND may return of a data set; the rest of it is left out.
     *
     * @param dataset a data set as it was parsed: text that was read from it before would be encoded anew
     */
    public static byte[] encode(Attributes dataset) {
        Attributes returnable = new Attributes(dataset.bigEndian(), 24);
        IntStream.concat(IntStream.of(CONTEXT), HangingProtocolModel.ATTRIBUTES.stream()
                        .filter(attribute -> attribute.tag() != Tag.RetrieveAETitle).mapToInt(ModelAttribute::tag))
                .forEach(tag -> EncodedCopy.copy(dataset, tag, returnable));
        try {
            return DatasetCodec.encode(returnable, UID.ExplicitVRLittleEndian);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    /**
     * The attributes again.
     *
     * @throws IOException these bytes were not made by {@link #encode}
     */
    public static Attributes decode(byte[] encoded) throws IOException {
        return DatasetCodec.decode(encoded, UID.ExplicitVRLittleEndian);
    }
}

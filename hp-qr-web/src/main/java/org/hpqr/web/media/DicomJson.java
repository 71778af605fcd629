package org.hpqr.web.media;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.dataset.DecodingLimits;
import org.hpqr.information.EncodedCopy;

/** Data sets by way of their text format, in which all text has one character set. */
public final class DicomJson {

    private DicomJson() {
    }

    /** The same data set with all its text in UTF-8. */
    public static Attributes inUtf8(Attributes dataset) throws IOException {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        try (DicomJsonWriter writer = new DicomJsonWriter(json)) {
            writer.write(dataset);
        }
        return new DicomJsonReader(new ByteArrayInputStream(json.toByteArray()), DecodingLimits.NONE_SMALLER).next();
    }

    /** Puts the attributes of one data set in UTF-8 in the place of those of another one. Nothing of the first is kept in it. */
    public static void merge(Attributes from, Attributes to) {
        for (int tag : from.tags())
            EncodedCopy.copy(from, tag, to);
        if (from.contains(Tag.SpecificCharacterSet))
            to.setString(Tag.SpecificCharacterSet, VR.CS, ElementTarget.UTF_8);
    }
}

package org.hpqr.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the toolkit sends of a data set that was encoded before. */
class EncodedDatasetTest {

    @ParameterizedTest
    @ValueSource(strings = {UID.ImplicitVRLittleEndian, UID.ExplicitVRLittleEndian, UID.ExplicitVRBigEndian,
        UID.DeflatedExplicitVRLittleEndian})
    void isSentByteForByteAsTheDataSet(String transferSyntax) throws IOException {
        assertArrayEquals(sent(dataset(), transferSyntax), sent(EncodedDataset.of(dataset(), transferSyntax), transferSyntax));
    }

    @Test
    void isNotEncodedAgain() throws IOException {
        Attributes dataset = dataset();
        EncodedDataset encoded = EncodedDataset.of(dataset, UID.ExplicitVRLittleEndian);
        dataset.setString(Tag.HangingProtocolName, VR.SH, "OTHER");
        assertArrayEquals(sent(dataset(), UID.ExplicitVRLittleEndian), sent(encoded, UID.ExplicitVRLittleEndian));
    }

    @Test
    void isShownInTheLogAsTheDataSet() throws IOException {
        assertEquals(dataset().toString(), EncodedDataset.of(dataset(), UID.ExplicitVRLittleEndian).toString());
    }

    @Test
    void errorComesBeforeAnythingIsSent() {
        Attributes dataset = dataset();
        dataset.setValue(Tag.HangingProtocolName, VR.SH, new Object());
        assertThrows(RuntimeException.class, () -> EncodedDataset.of(dataset, UID.ExplicitVRLittleEndian));
    }

    private static Attributes dataset() {
        Attributes dataset = new Attributes();
        dataset.setString(Tag.HangingProtocolName, VR.SH, "CHEST");
        dataset.setInt(Tag.NumberOfPriorsReferenced, VR.US, 2);
        Attributes item = new Attributes();
        item.setString(Tag.Modality, VR.CS, "CT");
        dataset.newSequence(Tag.HangingProtocolDefinitionSequence, 1).add(item);
        return dataset;
    }

    /** As the toolkit's adapter for data sets does it. */
    private static byte[] sent(Attributes dataset, String transferSyntax) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DicomOutputStream out = new DicomOutputStream(bytes, transferSyntax)) {
            out.writeDataset(null, dataset);
            out.finish();
        }
        return bytes.toByteArray();
    }
}

package org.hpqr.information;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.testkit.samples.SampleProtocols;
import org.junit.jupiter.api.Test;

/** What a C-FIND may return, with what is needed to read it. */
class StoredAttributesTest {

    @Test
    void otherAttributesAreLeftOut() throws IOException {
        Attributes object = SampleProtocols.chestXrayLogin();
        object.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 100");
        object.setString(Tag.TimezoneOffsetFromUTC, VR.SH, "+0100");
        object.setString(Tag.RetrieveAETitle, VR.AE, "ELSEWHERE");
        Attributes stored = StoredAttributes.decode(StoredAttributes.encode(received(object)));
        for (int tag : new int[] {Tag.RetrieveAETitle, Tag.ImageSetsSequence, Tag.DisplaySetsSequence})
            object.remove(tag);
        assertEquals(received(object), stored);
    }

    @Test
    void privateElementsStayInTheirBlock() throws IOException {
        Attributes object = new Attributes();
        Attributes item = new Attributes();
        object.newSequence(Tag.HangingProtocolDefinitionSequence, 1).add(item);
        item.setString(0x007100EE, VR.LO, "SOMEBODY");
        item.setString(0x0071EE01, VR.LO, "value");
        Attributes stored = StoredAttributes.decode(StoredAttributes.encode(received(object)));
        assertEquals("value", stored.getNestedDataset(Tag.HangingProtocolDefinitionSequence).getString(0x0071EE01));
    }

    /** PS3.5 6.2.2: a value too long for its VR's length field. */
    @Test
    void valueOfMoreThan64Kilobytes() throws IOException {
        byte[] description = "x".repeat(70_000).getBytes();
        Attributes object = new Attributes();
        object.setBytes(Tag.HangingProtocolDescription, VR.LO, description);
        Attributes stored = StoredAttributes.decode(StoredAttributes.encode(object));
        assertArrayEquals(description, stored.getBytes(Tag.HangingProtocolDescription));
        assertEquals(VR.LO, stored.getVR(Tag.HangingProtocolDescription));
    }

    @Test
    void objectReceivedInBigEndian() throws IOException {
        Attributes object = DatasetCodec.decode(DatasetCodec.encode(SampleProtocols.chestXray(), UID.ExplicitVRBigEndian),
                UID.ExplicitVRBigEndian);
        Attributes stored = StoredAttributes.decode(StoredAttributes.encode(object));
        assertEquals(1, stored.getInt(Tag.NumberOfPriorsReferenced, 0));
        Attributes screen = stored.getNestedDataset(Tag.NominalScreenDefinitionSequence, 1);
        assertEquals(2_560, screen.getInt(Tag.NumberOfVerticalPixels, 0));
        assertArrayEquals(new double[] {0.5, 1, 1, 0}, screen.getDoubles(Tag.DisplayEnvironmentSpatialPosition));
    }

    @Test
    void bytesThatWereNotStored() {
        assertThrows(IOException.class, () -> StoredAttributes.decode(new byte[] {1, 2, 3}));
    }

    private static Attributes received(Attributes object) throws IOException {
        return DatasetCodec.decode(DatasetCodec.encode(object, UID.ExplicitVRLittleEndian), UID.ExplicitVRLittleEndian);
    }
}

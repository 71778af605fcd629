package org.hpqr.web.rs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.hpqr.status.HpStatus;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.Test;

/** PS3.18 Annex I, 12.5.3. */
class StoreResultTest {

    private static final String SERVICE = "http://h/hp-qr/aets/HPQR/rs";

    private final StoreResult result = new StoreResult(SERVICE);

    @Clause("PS3.18 Annex I")
    @Test
    void storedInstancesAreReferencedWithTheirRetrieveUrl() {
        result.stored("1.2");
        Attributes item = result.dataset().getNestedDataset(Tag.ReferencedSOPSequence);
        assertEquals(UID.HangingProtocolStorage, item.getString(Tag.ReferencedSOPClassUID));
        assertEquals("1.2", item.getString(Tag.ReferencedSOPInstanceUID));
        assertEquals(SERVICE + "/hanging-protocols/1.2", item.getString(Tag.RetrieveURL));
        assertTrue(result.dataset().contains(Tag.RetrieveURL));
        assertFalse(result.dataset().containsValue(Tag.RetrieveURL));
        assertFalse(result.dataset().contains(Tag.FailedSOPSequence));
        assertEquals(200, result.httpStatus());
    }

    @Clause("PS3.18 Annex I")
    @Test
    void failedInstancesAreNamedWithTheirReason() {
        result.failed("1.2.840.10008.5.1.4.38.1", "1.2", HpStatus.DOES_NOT_MATCH_SOP_CLASS, false);
        Attributes item = result.dataset().getNestedDataset(Tag.FailedSOPSequence);
        assertEquals("1.2", item.getString(Tag.ReferencedSOPInstanceUID));
        assertEquals(0xA900, item.getInt(Tag.FailureReason, 0));
        assertFalse(result.dataset().contains(Tag.ReferencedSOPSequence));
        assertEquals(400, result.httpStatus());
    }

    @Clause("PS3.18 Annex I")
    @Test
    void whatIsNoUidIsNotRepeated() {
        result.failed(null, "<script>", HpStatus.INVALID_SOP_INSTANCE, false);
        Attributes item = result.dataset().getNestedDataset(Tag.FailedSOPSequence);
        assertFalse(item.contains(Tag.ReferencedSOPClassUID));
        assertFalse(item.contains(Tag.ReferencedSOPInstanceUID));
        assertEquals(0x0117, item.getInt(Tag.FailureReason, 0));
    }

    @Clause("PS3.18 12.5")
    @Test
    void oneStoredInstanceIsSuccess() {
        result.failed(null, null, HpStatus.CANNOT_UNDERSTAND, true);
        result.stored("1.2");
        assertEquals(200, result.httpStatus());
        assertEquals(2, result.size());
    }

    @Clause("PS3.18 12.5")
    @Test
    void conflictsAndLackOfResourcesHaveTheirStatus() {
        result.failed(null, null, HpStatus.OUT_OF_RESOURCES, false);
        assertEquals(503, result.httpStatus());
        result.failed(null, null, HpStatus.DOES_NOT_MATCH_SOP_CLASS, true);
        assertEquals(409, result.httpStatus());
    }

    /** To try again does not make an instance smaller. */
    @Clause("RFC 9110 15.5.14")
    @Test
    void anInstanceThatIsTooLargeIs413() {
        result.tooLarge(null, "1.2");
        assertEquals(0xA700, result.dataset().getNestedDataset(Tag.FailedSOPSequence).getInt(Tag.FailureReason, 0));
        result.failed(null, null, HpStatus.CANNOT_UNDERSTAND, false);
        assertEquals(413, result.httpStatus());
        result.failed(null, null, HpStatus.OUT_OF_RESOURCES, false);
        assertEquals(503, result.httpStatus());
        result.stored("1.3");
        assertEquals(200, result.httpStatus());
    }
}

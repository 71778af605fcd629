package org.hpqr.query;

import static org.hpqr.query.Finds.identifier;
import static org.hpqr.query.Finds.response;
import static org.hpqr.query.Finds.responses;
import static org.hpqr.testkit.samples.SampleRequests.byChest;
import static org.hpqr.testkit.samples.SampleRequests.byRegion;
import static org.hpqr.testkit.samples.SampleRequests.definitionOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.status.HpFailure;
import org.hpqr.testkit.samples.SampleProtocols;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.Test;

/** The example query of PS3.17 V.5, its variants, and all samples to be searched. */
class GoldenQueryTest {

    private static final Set<String> ALL_THREE = Set.of(SampleProtocols.CT_ONE_PRIOR_UID, SampleProtocols.CHEST_XRAY_UID,
            SampleProtocols.CHEST_XRAY_LOGIN_UID);

    /** The samples but {@link SampleProtocols#utf8()}, which is another protocol of the chest. */
    private final List<Attributes> objects = SampleProtocols.all().values().stream().map(Supplier::get)
            .filter(object -> !SampleProtocols.UTF8_UID.equals(object.getString(Tag.SOPInstanceUID))).toList();

    @Clause("PS3.17 V.5")
    @Test
    void theThreeProtocolsOfTheExampleAreFound() throws HpFailure {
        assertEquals(ALL_THREE, found(byChest()));
    }

    /** PS3.17 V.5 shows FF00. */
    @Clause("PS3.17 V.5")
    @Test
    void pendingIsFF00AlthoughCodeMeaningHasAValue() throws HpFailure {
        assertFalse(identifier(byChest()).hasUnsupportedKeys());
        assertFalse(identifier(byChest()).hasNoKeys());
    }

    @Test
    void anotherCodeMeaningFindsTheSame() throws HpFailure {
        assertEquals(ALL_THREE, found(byRegion("51185008", "SCT", "Thorax")));
    }

    @Test
    void anotherSchemeFindsNothing() throws HpFailure {
        assertEquals(Set.of(), found(byRegion("51185008", "SRT", "Chest")));
    }

    @Clause("K.2.2.1.1.1")
    @Test
    void aModalityLeavesOutTheProtocolWithoutModality() throws HpFailure {
        Attributes request = byChest();
        definitionOf(request).setString(Tag.Modality, VR.CS, "DX");
        assertEquals(Set.of(SampleProtocols.CHEST_XRAY_LOGIN_UID), found(request));
    }

    @Test
    void wildCardsInACodeValueAreHonoured() throws HpFailure {
        assertEquals(ALL_THREE, found(byRegion("5118500?", "SCT", "Chest")));
    }

    @Test
    void firstResponse() throws HpFailure {
        Attributes response = response(byChest(), SampleProtocols.ctOnePrior());
        checkCommon(response, "CT 1 prior", "SINGLE_USER", "CT");
        checkUser(response, "58489749P", "HOSP_ID", null, "Susan H. Chan");
        checkEmpty(response, Tag.NominalScreenDefinitionSequence);
    }

    @Test
    void secondResponse() throws HpFailure {
        Attributes response = response(byChest(), SampleProtocols.chestXray());
        checkCommon(response, "Chest X-ray", "SITE", null);
        checkEmpty(definitionOf(response), Tag.Modality);
        checkEmpty(response, Tag.HangingProtocolUserIdentificationCodeSequence);
        checkScreens(response, 2560, 2048);
    }

    @Test
    void thirdResponse() throws HpFailure {
        Attributes response = response(byChest(), SampleProtocols.chestXrayLogin());
        checkCommon(response, "Chest X-ray_LGon", "SINGLE_USER", "DX");
        checkUser(response, "Lgon", "99Local", "v40a", "log-in name");
        checkScreens(response, 1280, 1024);
    }

    private Set<String> found(Attributes request) throws HpFailure {
        return responses(request, objects).stream().map(response -> response.getString(Tag.SOPInstanceUID))
                .collect(Collectors.toSet());
    }

    private static void checkCommon(Attributes response, String name, String level, String modality) {
        assertEquals(12, response.size(), "what was asked for, no more");
        assertEquals("1.2.840.10008.5.1.4.38.1", response.getString(Tag.SOPClassUID));
        assertEquals(name, response.getString(Tag.HangingProtocolName));
        assertEquals(level, response.getString(Tag.HangingProtocolLevel));
        assertEquals(1, response.getInt(Tag.NumberOfPriorsReferenced, -1));
        assertEquals(2, response.getInt(Tag.NumberOfScreens, -1));
        for (int tag : new int[] {Tag.HangingProtocolDescription, Tag.HangingProtocolCreator,
                Tag.HangingProtocolCreationDateTime})
            assertTrue(response.containsValue(tag));
        Sequence definitions = response.getSequence(Tag.HangingProtocolDefinitionSequence);
        assertEquals(1, definitions.size());
        assertEquals(5, definitions.get(0).size());
        assertEquals(modality, definitions.get(0).getString(Tag.Modality));
        checkEmpty(definitions.get(0), Tag.Laterality);
        checkEmpty(definitions.get(0), Tag.ProcedureCodeSequence);
        checkEmpty(definitions.get(0), Tag.ReasonForRequestedProcedureCodeSequence);
        checkCode(definitions.get(0).getSequence(Tag.AnatomicRegionSequence), "51185008", "SCT", null, "Chest");
    }

    private static void checkUser(Attributes response, String value, String scheme, String version, String meaning) {
        checkCode(response.getSequence(Tag.HangingProtocolUserIdentificationCodeSequence), value, scheme, version, meaning);
    }

    private static void checkCode(Sequence codes, String value, String scheme, String version, String meaning) {
        assertEquals(1, codes.size());
        assertEquals(value, codes.get(0).getString(Tag.CodeValue));
        assertEquals(scheme, codes.get(0).getString(Tag.CodingSchemeDesignator));
        assertEquals(version, codes.get(0).getString(Tag.CodingSchemeVersion));
        assertEquals(meaning, codes.get(0).getString(Tag.CodeMeaning));
    }

    private static void checkScreens(Attributes response, int vertical, int horizontal) {
        Sequence screens = response.getSequence(Tag.NominalScreenDefinitionSequence);
        assertEquals(2, screens.size());
        for (Attributes screen : screens) {
            assertEquals(vertical, screen.getInt(Tag.NumberOfVerticalPixels, -1));
            assertEquals(horizontal, screen.getInt(Tag.NumberOfHorizontalPixels, -1));
        }
    }

    private static void checkEmpty(Attributes response, int tag) {
        assertTrue(response.contains(tag), () -> Integer.toHexString(tag));
        assertFalse(response.containsValue(tag), () -> Integer.toHexString(tag));
    }
}

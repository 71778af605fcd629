package org.hpqr.query;

import static org.hpqr.query.Finds.identifier;
import static org.hpqr.query.Finds.items;
import static org.hpqr.query.Finds.key;
import static org.hpqr.query.Finds.lenient;
import static org.hpqr.query.Finds.stored;
import static org.hpqr.query.Finds.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.spi.HpSettings.UnknownValues;
import org.hpqr.status.HpFailure;
import org.hpqr.testkit.samples.SampleProtocols;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.Test;

/** Why an object does not match: the answer of the C-FIND, with the first key that fails (PS3.4 C.2.2.2, K.2.2). */
class MismatchTest {

    private static final Attributes MAMMOGRAPHY = stored(SampleProtocols.mammography());

    private static Mismatch mismatch(Attributes request) throws HpFailure {
        return identifier(request).mismatch(MAMMOGRAPHY).orElseThrow();
    }

    @Clause("C.2.2.2.1")
    @Test
    void singleValue_C_2_2_2_1() throws HpFailure {
        assertEquals(new Mismatch("Hanging Protocol Level (0072,0006)", "SITE", "USER_GROUP", Mismatch.Rule.SINGLE_VALUE,
                "Hanging Protocol Level (0072,0006) has to be SITE, and the protocol has USER_GROUP."),
                mismatch(key(Tag.HangingProtocolLevel, VR.CS, "SITE")));
        assertEquals("Number of Screens (0072,0100) has to be 2, and the protocol has 4.",
                mismatch(with(request -> request.setInt(Tag.NumberOfScreens, VR.US, 2))).sentence());
    }

    @Clause("C.2.2.2.2")
    @Test
    void listOfUid_C_2_2_2_2() throws HpFailure {
        Mismatch mismatch = mismatch(key(Tag.SOPInstanceUID, VR.UI, "1.2.3", "1.2.4"));

        assertEquals(Mismatch.Rule.LIST_OF_UID, mismatch.rule());
        assertEquals("one of 1.2.3, 1.2.4", mismatch.wanted());
        assertEquals(SampleProtocols.MAMMOGRAPHY_UID, mismatch.found());
    }

    @Clause("C.2.2.2.4")
    @Test
    void wildCard_C_2_2_2_4() throws HpFailure {
        Mismatch mismatch = mismatch(key(Tag.HangingProtocolName, VR.SH, "mg*"));

        assertEquals(Mismatch.Rule.WILD_CARD, mismatch.rule());
        assertEquals("Hanging Protocol Name (0072,0002) has to be mg*, and the protocol has MG Screening.", mismatch.sentence());
    }

    @Clause("K.2.2.1.1.1")
    @Test
    void unknownValue_K_2_2_1_1_1() throws HpFailure {
        Attributes request = with(r -> items(r, Tag.HangingProtocolUserIdentificationCodeSequence,
                code -> code.setString(Tag.CodeValue, VR.SH, "Lgon")));

        Mismatch mismatch = mismatch(request);
        assertEquals(Mismatch.Rule.UNKNOWN_VALUE, mismatch.rule());
        assertEquals("PS3.4 K.2.2.1.1.1", mismatch.rule().clause());
        assertNull(mismatch.found());
        assertEquals(Optional.empty(), lenient(request).mismatch(MAMMOGRAPHY));
    }

    @Clause("K.2.2.1.1.1")
    @Test
    void unknownValueOfAnAttribute_K_2_2_1_1_1() throws HpFailure {
        Mismatch mismatch = mismatch(with(r -> items(r, Tag.HangingProtocolDefinitionSequence,
                item -> items(item, Tag.AnatomicRegionSequence, code -> code.setString(Tag.CodingSchemeVersion, VR.SH, "1.5")))));

        assertEquals(Mismatch.Rule.UNKNOWN_VALUE, mismatch.rule());
        assertTrue(mismatch.sentence().endsWith("Coding Scheme Version (0008,0103) has to be 1.5, and the protocol has no value."),
                mismatch::sentence);
    }

    @Clause("C.2.2.2.6")
    @Test
    void oneItemHasToSatisfyAllKeysAndTheNearestIsNamed_C_2_2_2_6() throws HpFailure {
        Attributes request = with(r -> items(r, Tag.HangingProtocolDefinitionSequence, item -> {
            item.setString(Tag.Modality, VR.CS, "CT");
            item.setString(Tag.Laterality, VR.CS, "L");
        }));

        Mismatch mismatch = mismatch(request);
        assertEquals("Hanging Protocol Definition Sequence (0072,000C), item 2 of 3 > Modality (0008,0060)", mismatch.key());
        assertEquals("Hanging Protocol Definition Sequence (0072,000C), item 2 of 3 > Modality (0008,0060) has to be CT, and "
                + "the protocol has MG.", mismatch.sentence());
    }

    @Clause("C.2.2.2.6")
    @Test
    void codesStandInASequenceInASequence() throws HpFailure {
        Attributes request = with(r -> items(r, Tag.HangingProtocolDefinitionSequence,
                item -> items(item, Tag.AnatomicRegionSequence, code -> code.setString(Tag.CodeValue, VR.SH, "51185008"))));

        assertEquals("Hanging Protocol Definition Sequence (0072,000C), item 1 of 3 > Anatomic Region Sequence (0008,2218) > "
                + "Code Value (0008,0100) has to be 51185008, and the protocol has 76752008.", mismatch(request).sentence());
    }

    @Clause("K.4.1.3.1")
    @Test
    void withoutAKeyThatIsSupportedNothingMatches_K_4_1_3_1() throws HpFailure {
        for (Attributes request : List.of(new Attributes(), key(Tag.PatientID, VR.LO, "1")))
            assertEquals(Mismatch.Rule.NO_KEY, mismatch(request).rule());
    }

    @Test
    void theFirstKeyThatFailsIsNamed() throws HpFailure {
        Attributes request = with(r -> {
            r.setString(Tag.HangingProtocolName, VR.SH, "MG Screening");
            r.setString(Tag.HangingProtocolLevel, VR.CS, "SITE");
            r.setInt(Tag.NumberOfScreens, VR.US, 1);
        });

        assertEquals("Hanging Protocol Level (0072,0006)", mismatch(request).key());
    }

    /** One matcher: there is a reason if and only if there is no response. */
    @Clause("K.4.1.3.1")
    @Property(tries = 300)
    void itIsTheAnswerOfTheFind(@ForAll long seed, @ForAll UnknownValues unknownValues) throws HpFailure {
        RandomRequests random = new RandomRequests(new Random(seed));
        List<Attributes> objects = IntStream.range(0, 8).mapToObj(i -> stored(random.object(i))).toList();
        FindIdentifier identifier = FindIdentifier.of(Finds.received(random.request()), unknownValues, Finds.MAX_KEYS);

        for (Attributes object : objects) {
            Optional<Mismatch> mismatch = identifier.mismatch(object);
            assertEquals(identifier.hasNoKeys() || identifier.respond(object, Finds.CALLED).isEmpty(), mismatch.isPresent());
            mismatch.ifPresent(m -> assertTrue(m.rule() == Mismatch.Rule.NO_KEY || m.sentence().contains(m.wanted()) && m.sentence().endsWith("."), m::sentence));
        }
    }
}

package org.hpqr.query;

import static org.hpqr.query.Finds.identifier;
import static org.hpqr.query.Finds.items;
import static org.hpqr.query.Finds.key;
import static org.hpqr.query.Finds.received;
import static org.hpqr.query.Finds.response;
import static org.hpqr.query.Finds.stored;
import static org.hpqr.query.Finds.with;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.dcm4che3.data.Value;
import org.hpqr.query.MatchingTest.Place;
import org.hpqr.information.ModelAttribute.ReturnType;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;
import org.hpqr.testkit.samples.SampleProtocols;
import org.hpqr.testkit.samples.SampleRequests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.hpqr.information.ModelAttribute;
import org.hpqr.testkit.standard.Clause;

/** What a response identifier holds: PS3.4 K.4.1.1.3.2, K.2.2.1.2, C.2.2.2.6. */
class ResponseTest {

    static Stream<Place> places() {
        return MatchingTest.places().filter(place -> place.attribute().tag() != Tag.RetrieveAETitle);
    }

    private static Attributes object(Place place) {
        byte[] value = place.attribute().vr().isStringType() ? "1.23".getBytes() : new byte[] {1, 0, 2, 0, 3, 0, 4, 0};
        return place.holding(holder -> holder.setBytes(place.attribute().tag(), place.attribute().vr(), value));
    }

    private static Attributes ask(Place place) {
        return place.holding(holder -> holder.setNull(place.attribute().tag(), place.attribute().vr()));
    }

    private static Attributes innermost(Place place, Attributes response) {
        Attributes holder = response;
        for (ModelAttribute sequence : place.sequences()) {
            assertEquals(1, holder.size(), "nothing but what was asked for");
            holder = holder.getNestedDataset(sequence.tag());
        }
        return holder;
    }

    /** Table U.6-1, K.2.2.1.2: every attribute can be asked for, also alone (K.2.2.1.1.1), and comes as it is stored. */
    @Clause({"Table U.6-1", "K.2.2.1.1.1", "K.2.2.1.2"})
    @ParameterizedTest
    @MethodSource("places")
    void valueThatIsAskedFor(Place place) throws HpFailure {
        Attributes holder = innermost(place, response(ask(place), object(place)));
        assertEquals(1, holder.size());
        assertEquals(innermost(place, received(object(place))), holder);
    }

    /** K.2.2.1.2: types 1, 2 and 3 with zero length if unknown; 1C only where the object has it. */
    @Clause("K.2.2.1.2")
    @ParameterizedTest
    @MethodSource("places")
    void valueThatIsUnknown(Place place) throws HpFailure {
        Attributes holder = innermost(place, response(ask(place), place.holding(item -> { })));
        if (place.attribute().response() == ReturnType.ONE_IF) {
            assertEquals(0, holder.size());
        } else {
            assertEquals(1, holder.size());
            assertTrue(((Value) holder.getValue(place.attribute().tag())).isEmpty());
            assertEquals(place.attribute().vr(), holder.getVR(place.attribute().tag()));
        }
    }

    @Test
    void conditionalValueOfZeroLengthIsLeftOut() throws HpFailure {
        Attributes response = response(with(request -> items(request, Tag.NominalScreenDefinitionSequence, item -> {
            item.setNull(Tag.ScreenMinimumColorBitDepth, VR.US);
            item.setNull(Tag.NumberOfVerticalPixels, VR.US);
        })), with(object -> items(object, Tag.NominalScreenDefinitionSequence,
                item -> item.setNull(Tag.ScreenMinimumColorBitDepth, VR.US))));
        Attributes screen = response.getNestedDataset(Tag.NominalScreenDefinitionSequence);
        assertFalse(screen.contains(Tag.ScreenMinimumColorBitDepth));
        assertTrue(screen.contains(Tag.NumberOfVerticalPixels));
    }

    /** K.4.1.1.3.2: a response carries nothing that was not asked for. */
    @Clause("K.4.1.1.3.2")
    @Test
    void nothingThatWasNotAskedFor() throws HpFailure {
        for (var sample : SampleProtocols.all().values()) {
            Attributes response = response(key(Tag.HangingProtocolLevel, VR.CS), sample.get());
            assertArrayEquals(new int[] {Tag.HangingProtocolLevel}, response.tags());
        }
    }

    @Test
    void matchingKeysAreReturnedWithTheStoredValue() throws HpFailure {
        Attributes response = response(key(Tag.HangingProtocolName, VR.SH, "*X-ray"), SampleProtocols.chestXray());
        assertEquals("Chest X-ray", response.getString(Tag.HangingProtocolName));
    }

    @Clause("K.2.2.3")
    @Test
    void allStoredValuesAreReturned() throws HpFailure {
        Attributes response = response(key(Tag.HangingProtocolUserGroupName, VR.LO, "B"),
                key(Tag.HangingProtocolUserGroupName, VR.LO, "A", "B"));
        assertArrayEquals(new String[] {"A", "B"}, response.getStrings(Tag.HangingProtocolUserGroupName));
    }

    /** C.2.2.2.6: only the items that match, of them only what was asked for. */
    @Clause("C.2.2.2.6")
    @Test
    void sequenceIsReducedToTheItemsThatMatch() throws HpFailure {
        Attributes request = with(attributes -> items(attributes, Tag.HangingProtocolDefinitionSequence,
                item -> item.setString(Tag.Modality, VR.CS, "CT")));
        Sequence definitions = response(request, SampleProtocols.neurosurgery())
                .getSequence(Tag.HangingProtocolDefinitionSequence);
        assertEquals(1, definitions.size());
        assertEquals("CT", definitions.get(0).getString(Tag.Modality));
        assertEquals(1, definitions.get(0).size());
    }

    @Test
    void allItemsAreReturnedIfTheirKeysAreUniversal() throws HpFailure {
        Attributes request = with(attributes -> items(attributes, Tag.HangingProtocolDefinitionSequence,
                item -> item.setNull(Tag.Modality, VR.CS)));
        Sequence definitions = response(request, SampleProtocols.neurosurgery())
                .getSequence(Tag.HangingProtocolDefinitionSequence);
        assertEquals(List.of("MR", "CT"), definitions.stream().map(item -> item.getString(Tag.Modality)).toList());
    }

    /** C.2.2.2.6, at the second level. */
    @Clause("C.2.2.2.6")
    @Test
    void codesAreReducedToThoseThatMatchWithinTheItemsThatMatch() throws HpFailure {
        Attributes object = with(attributes -> items(attributes, Tag.HangingProtocolDefinitionSequence,
                item -> items(item, Tag.AnatomicRegionSequence, code -> code.setString(Tag.CodeValue, VR.SH, "A"),
                        code -> code.setString(Tag.CodeValue, VR.SH, "B")),
                item -> items(item, Tag.AnatomicRegionSequence, code -> code.setString(Tag.CodeValue, VR.SH, "C"))));
        Attributes request = with(attributes -> items(attributes, Tag.HangingProtocolDefinitionSequence,
                item -> items(item, Tag.AnatomicRegionSequence, code -> code.setString(Tag.CodeValue, VR.SH, "B"))));
        Sequence definitions = response(request, object).getSequence(Tag.HangingProtocolDefinitionSequence);
        assertEquals(1, definitions.size());
        Sequence regions = definitions.get(0).getSequence(Tag.AnatomicRegionSequence);
        assertEquals(List.of("B"), regions.stream().map(code -> code.getString(Tag.CodeValue)).toList());
    }

    /** C.2.2.2.6: a sequence asked for without attributes comes as it is, private elements included. */
    @Clause("C.2.2.2.6")
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void wholeSequence(boolean emptyItem) throws HpFailure {
        Attributes request = with(attributes -> {
            if (emptyItem)
                items(attributes, Tag.HangingProtocolDefinitionSequence, item -> { });
            else
                attributes.setNull(Tag.HangingProtocolDefinitionSequence, VR.SQ);
        });
        Attributes object = SampleProtocols.privateElements();
        Attributes response = response(request, object);
        Attributes definition = response.getNestedDataset(Tag.HangingProtocolDefinitionSequence);
        assertEquals("With contrast", definition.getString(SampleProtocols.PRIVATE_CREATOR, 0x00710001));
        assertEquals(received(object).getNestedDataset(Tag.HangingProtocolDefinitionSequence), definition);
        assertEquals(1, response.size());
    }

    /** In implicit VR nothing would tell the peer that what comes is not what the attribute has to be. */
    @Test
    void valueOfAVrThatTheAttributeCannotHaveIsNone() throws HpFailure {
        Attributes object = with(attributes -> {
            attributes.setString(Tag.HangingProtocolDefinitionSequence, VR.LO, "CT");
            items(attributes, Tag.HangingProtocolName, item -> item.setString(Tag.Modality, VR.CS, "CT"));
            attributes.setString(Tag.NumberOfScreens, VR.IS, "2");
            attributes.setString(Tag.HangingProtocolUserGroupName, VR.UT, "Group");
        });
        Attributes request = SampleRequests.everyProtocol();
        request.setNull(Tag.HangingProtocolUserGroupName, VR.LO);
        Attributes response = response(request, object);
        for (int tag : new int[] {Tag.HangingProtocolDefinitionSequence, Tag.HangingProtocolName, Tag.NumberOfScreens}) {
            assertEquals(request.getVR(tag), response.getVR(tag));
            assertFalse(response.containsValue(tag));
        }
        assertEquals("Group", response.getString(Tag.HangingProtocolUserGroupName), "text in whatever VR is text");
    }

    @Test
    void sequenceThatIsStoredEmpty() throws HpFailure {
        Attributes request = with(attributes -> items(attributes, Tag.HangingProtocolUserIdentificationCodeSequence,
                item -> item.setNull(Tag.CodeValue, VR.SH)));
        Attributes response = response(request, SampleProtocols.chestXray());
        assertEquals(VR.SQ, response.getVR(Tag.HangingProtocolUserIdentificationCodeSequence));
        assertFalse(response.containsValue(Tag.HangingProtocolUserIdentificationCodeSequence));
    }

    /** Nominal Screen Definition Sequence is no key: its values are ignored, all its items come. */
    @Test
    void screensAreReducedToTheAttributesAskedFor() throws HpFailure {
        Attributes request = with(attributes -> items(attributes, Tag.NominalScreenDefinitionSequence, item -> {
            item.setInt(Tag.NumberOfVerticalPixels, VR.US, 1);
            item.setNull(Tag.ScreenMinimumColorBitDepth, VR.US);
            item.setNull(Tag.ApplicationMaximumRepaintTime, VR.US);
        }));
        Sequence screens = response(request, SampleProtocols.chestXray()).getSequence(Tag.NominalScreenDefinitionSequence);
        assertEquals(2, screens.size());
        for (int i = 0; i < 2; i++) {
            assertEquals(2_560, screens.get(i).getInt(Tag.NumberOfVerticalPixels, 0));
            assertEquals(200 + 10 * i, screens.get(i).getInt(Tag.ApplicationMaximumRepaintTime, 0));
            assertEquals(2, screens.get(i).size());
        }
    }

    /** K.4.1.1.3.2 does not list it, but a C-MOVE SCU may need it: only on request. */
    @Clause("K.4.1.1.3.2")
    @Test
    void retrieveAeTitleOnlyOnRequest() throws HpFailure {
        Attributes request = SampleRequests.everyProtocol();
        assertFalse(response(request, SampleProtocols.chestXray()).contains(Tag.RetrieveAETitle));
        request.setString(Tag.RetrieveAETitle, VR.AE, "ANYTHING");
        assertEquals(Finds.CALLED, response(request, SampleProtocols.chestXray()).getString(Tag.RetrieveAETitle));
        assertFalse(identifier(request).hasUnsupportedKeys());
    }

    @ParameterizedTest
    @CsvSource({"A,true", "SIXTEEN_CHARS_16,true", "~,true", "SEVENTEEN_CHARS17,false", "ÄRZTE,false", "A\\B,false",
            "'A\tB',false", "A B,true", "'A\u007F',false"})
    void retrieveAeTitleThatCannotBeEncoded(String title, boolean encodable) throws HpFailure {
        FindIdentifier identifier = identifier(key(Tag.RetrieveAETitle, VR.AE));
        Attributes stored = stored(SampleProtocols.chestXray());
        if (encodable) {
            assertEquals(title, identifier.respond(stored, title).orElseThrow().getString(Tag.RetrieveAETitle));
            return;
        }
        HpFailure failure = assertThrows(HpFailure.class, () -> identifier.respond(stored, title));
        assertEquals(HpStatus.FIND_RESPONSE_NOT_ENCODABLE, failure.status());
        assertArrayEquals(new int[] {Tag.RetrieveAETitle}, failure.offendingElements());
    }

    /** The protocol a protocol was made from, and its handling of missing images: returned beyond the model. */
    @Test
    void extensions() throws HpFailure {
        Attributes source = response(with(request -> request.setNull(Tag.SourceHangingProtocolSequence, VR.SQ)),
                SampleProtocols.chestXrayLogin()).getNestedDataset(Tag.SourceHangingProtocolSequence);
        assertEquals(SampleProtocols.CHEST_XRAY_UID, source.getString(Tag.ReferencedSOPInstanceUID));
        assertEquals("MAINTAIN_LAYOUT", response(key(Tag.PartialDataDisplayHandling, VR.CS), SampleProtocols.neurosurgery())
                .getString(Tag.PartialDataDisplayHandling));
    }

    /** K.4.1.1.3.2: one of the two attributes that come without being asked for. */
    @Clause("K.4.1.1.3.2")
    @Test
    void timezoneComesWithTheTimeThatNeedsIt() throws HpFailure {
        Attributes object = SampleProtocols.chestXray();
        object.setString(Tag.TimezoneOffsetFromUTC, VR.SH, "+0900");
        Attributes response = response(key(Tag.HangingProtocolCreationDateTime, VR.DT), object);
        assertEquals("+0900", response.getString(Tag.TimezoneOffsetFromUTC));
        assertEquals(2, response.size());
        assertFalse(response(key(Tag.HangingProtocolName, VR.SH), object).contains(Tag.TimezoneOffsetFromUTC));
        assertFalse(response(key(Tag.HangingProtocolCreationDateTime, VR.DT), SampleProtocols.chestXray())
                .contains(Tag.TimezoneOffsetFromUTC));
        object.setNull(Tag.HangingProtocolCreationDateTime, VR.DT);
        assertFalse(response(key(Tag.HangingProtocolCreationDateTime, VR.DT), object).contains(Tag.TimezoneOffsetFromUTC));
    }

    @Clause("K.4.1.1.3.2")
    @Test
    void theTimezoneOfTheRequestIsNotEchoed() throws HpFailure {
        Attributes request = key(Tag.HangingProtocolCreationDateTime, VR.DT);
        request.setString(Tag.TimezoneOffsetFromUTC, VR.SH, "-0500");
        assertNull(response(request, SampleProtocols.chestXray()).getString(Tag.TimezoneOffsetFromUTC));
    }

    @Test
    void storedAttributesAreNotChanged() throws HpFailure {
        Attributes stored = stored(SampleProtocols.utf8());
        identifier(SampleRequests.byRegion("51185008", "SCT", "Chest")).respond(stored, Finds.CALLED).orElseThrow().clear();
        assertEquals(stored(SampleProtocols.utf8()), stored);
    }
}

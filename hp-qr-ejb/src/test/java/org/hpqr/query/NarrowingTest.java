package org.hpqr.query;

import static org.hpqr.query.Finds.identifier;
import static org.hpqr.query.Finds.items;
import static org.hpqr.query.Finds.key;
import static org.hpqr.query.Finds.lenient;
import static org.hpqr.query.Finds.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.catalogue.CandidateFilter;
import org.hpqr.catalogue.CandidateFilter.ValueFilter;
import org.hpqr.status.HpFailure;
import org.hpqr.testkit.samples.SampleRequests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which keys narrow the candidates. That they never drop a match, {@link NarrowedAnswersTest} shows. */
class NarrowingTest {

    static Stream<Arguments> texts() {
        return Stream.of(Arguments.of(Tag.HangingProtocolName, VR.SH), Arguments.of(Tag.HangingProtocolLevel, VR.CS),
                Arguments.of(Tag.HangingProtocolUserGroupName, VR.LO));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void textOfTheObject(int tag, VR vr) throws HpFailure {
        assertEquals(List.of(equal("A", tag)), filter(key(tag, vr, "A")).values());
        ValueFilter.Matching pattern = (ValueFilter.Matching) filter(key(tag, vr, "AB*C?")).values().get(0);
        assertEquals(List.of(tag), pattern.path());
        assertEquals("AB", pattern.prefix());
        assertTrue(pattern.test().test("ABxCy"));
        assertFalse(pattern.test().test("ABC"));
        assertEquals(List.of(), filter(key(tag, vr)).values());
        assertEquals(List.of(), filter(key(tag, vr, "*")).values());
    }

    /** It would be tried on all values: only what it begins with is looked up. */
    @Test
    void longPatternIsNotTried() throws HpFailure {
        String text = "A*" + "b".repeat(63);
        ValueFilter.Matching pattern = (ValueFilter.Matching) filter(key(Tag.HangingProtocolName, VR.SH, text)).values().get(0);
        assertEquals("A", pattern.prefix());
        assertTrue(pattern.test().test("A"));
    }

    @Test
    void uids() throws HpFailure {
        assertEquals(Set.of("1.2", "1.1"), filter(key(Tag.SOPInstanceUID, VR.UI, "1.2", "1.1", "1.2")).sopInstanceUids());
        assertNull(filter(key(Tag.SOPInstanceUID, VR.UI)).sopInstanceUids());
        assertEquals(CandidateFilter.ALL, filter(key(Tag.SOPClassUID, VR.UI, "1.2")));
    }

    @Test
    void numbers() throws HpFailure {
        assertEquals(List.of(equal("2", Tag.NumberOfPriorsReferenced)),
                filter(with(request -> request.setInt(Tag.NumberOfPriorsReferenced, VR.US, 2))).values());
    }

    @Test
    void keysInSequences() throws HpFailure {
        Attributes request = with(keys -> {
            items(keys, Tag.HangingProtocolUserIdentificationCodeSequence, code -> code.setString(Tag.CodeValue, VR.SH, "U"));
            items(keys, Tag.HangingProtocolDefinitionSequence, item -> {
                item.setString(Tag.Modality, VR.CS, "CT");
                items(item, Tag.AnatomicRegionSequence, code -> {
                    code.setString(Tag.LongCodeValue, VR.UC, "R");
                    // never matched
                    code.setString(Tag.CodeMeaning, VR.LO, "M");
                });
            });
        });
        assertEquals(Set.of(equal("U", Tag.HangingProtocolUserIdentificationCodeSequence, Tag.CodeValue),
                equal("CT", Tag.HangingProtocolDefinitionSequence, Tag.Modality),
                equal("R", Tag.HangingProtocolDefinitionSequence, Tag.AnatomicRegionSequence, Tag.LongCodeValue)),
                Set.copyOf(filter(request).values()));
    }

    @Test
    void equivalentCodesAreNotIndexed() throws HpFailure {
        assertEquals(CandidateFilter.ALL, filter(definition(item -> items(item, Tag.AnatomicRegionSequence,
                code -> items(code, Tag.EquivalentCodeSequence, other -> other.setString(Tag.CodeValue, VR.SH, "A"))))));
    }

    @Test
    void universalQueryLeavesNothingOut() throws HpFailure {
        assertEquals(CandidateFilter.ALL, filter(SampleRequests.everyProtocol()));
    }

    @Test
    void whatUnknownValuesDoIsPartOfTheFilter() throws HpFailure {
        assertFalse(identifier(SampleRequests.byChest()).filter().unknownPasses());
        assertTrue(lenient(SampleRequests.byChest()).filter().unknownPasses());
    }

    private static CandidateFilter filter(Attributes request) throws HpFailure {
        return identifier(request).filter();
    }

    private static ValueFilter equal(String value, Integer... path) {
        return new ValueFilter.Equal(List.of(path), value);
    }

    private static Attributes definition(Consumer<Attributes> item) {
        return with(request -> items(request, Tag.HangingProtocolDefinitionSequence, item));
    }
}

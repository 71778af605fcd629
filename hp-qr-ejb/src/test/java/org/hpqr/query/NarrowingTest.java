package org.hpqr.query;

import static org.hpqr.query.Finds.identifier;
import static org.hpqr.query.Finds.items;
import static org.hpqr.query.Finds.key;
import static org.hpqr.query.Finds.lenient;
import static org.hpqr.query.Finds.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.database.CandidateFilter;
import org.hpqr.database.CandidateFilter.CodeCondition;
import org.hpqr.database.CandidateFilter.Column;
import org.hpqr.database.CandidateFilter.Condition;
import org.hpqr.database.CodeRole;
import org.hpqr.status.HpFailure;
import org.hpqr.testkit.samples.SampleRequests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys become conditions of the database query. That they never drop a match, {@link NarrowedAnswers} shows. */
class NarrowingTest {

    static Stream<Arguments> textColumns() {
        return Stream.of(Arguments.of(Tag.HangingProtocolName, VR.SH, Column.NAME),
                Arguments.of(Tag.HangingProtocolLevel, VR.CS, Column.LEVEL),
                Arguments.of(Tag.HangingProtocolUserGroupName, VR.LO, Column.USER_GROUP));
    }

    @ParameterizedTest
    @MethodSource("textColumns")
    void textOfTheObject(int tag, VR vr, Column column) throws HpFailure {
        assertEquals(List.of(new Condition.OneOf(column, List.of("A"))), filter(key(tag, vr, "A")).object());
        assertEquals(List.of(new Condition.WildCard(column, "A*")), filter(key(tag, vr, "A*")).object());
        assertTrue(filter(key(tag, vr)).isAll());
        assertTrue(filter(key(tag, vr, "*")).isAll());
    }

    @Test
    void uids() throws HpFailure {
        assertEquals(List.of(new Condition.OneOf(Column.SOP_INSTANCE_UID, List.of("1.2", "1.1"))),
                filter(key(Tag.SOPInstanceUID, VR.UI, "1.2", "1.1", "1.2")).object());
        assertEquals(List.of(new Condition.OneOf(Column.SOP_CLASS_UID, List.of("1.2"))),
                filter(key(Tag.SOPClassUID, VR.UI, "1.2")).object());
    }

    /** Databases limit the number of bound values: 65,535 in PostgreSQL. */
    @Test
    void longListOfUidsMakesNoCondition() throws HpFailure {
        String[] uids = IntStream.range(0, 1_001).mapToObj(i -> "1." + i).toArray(String[]::new);
        assertTrue(filter(key(Tag.SOPInstanceUID, VR.UI, uids)).isAll());
        uids[0] = uids[1];
        assertEquals(1_000, ((Condition.OneOf) filter(key(Tag.SOPInstanceUID, VR.UI, uids)).object().get(0)).values().size());
    }

    @Test
    void numbers() throws HpFailure {
        assertEquals(List.of(new Condition.Number(Column.PRIORS, 2)),
                filter(with(request -> request.setInt(Tag.NumberOfPriorsReferenced, VR.US, 2))).object());
        assertEquals(List.of(new Condition.Number(Column.SCREENS, 3)),
                filter(with(request -> request.setInt(Tag.NumberOfScreens, VR.US, 3))).object());
    }

    @ParameterizedTest
    @ValueSource(ints = {Tag.CodeValue, Tag.LongCodeValue, Tag.URNCodeValue})
    void userCode(int valueTag) throws HpFailure {
        VR vr = valueTag == Tag.CodeValue ? VR.SH : valueTag == Tag.LongCodeValue ? VR.UC : VR.UR;
        CandidateFilter filter = filter(with(request -> items(request, Tag.HangingProtocolUserIdentificationCodeSequence, code -> {
            code.setString(valueTag, vr, "A");
            code.setString(Tag.CodingSchemeDesignator, VR.SH, "S");
            code.setString(Tag.CodingSchemeVersion, VR.SH, "V");
            code.setString(Tag.CodeMeaning, VR.LO, "M");
        })));
        assertEquals(3, filter.object().size());
        assertTrue(filter.object().containsAll(List.of(is(Column.USER_CODE, "A"), is(Column.USER_SCHEME, "S"),
                is(Column.USER_VERSION, "V"))));
        assertEquals(List.of(), filter.definition());
        assertEquals(List.of(), filter.codes());
    }

    @Test
    void definition() throws HpFailure {
        CandidateFilter filter = filter(definition(item -> {
            item.setString(Tag.Modality, VR.CS, "CT");
            item.setString(Tag.Laterality, VR.CS, "R*");
        }));
        assertEquals(List.of(is(Column.MODALITY, "CT"), new Condition.WildCard(Column.LATERALITY, "R*")), filter.definition());
        assertEquals(List.of(), filter.object());
    }

    static Stream<Arguments> roles() {
        return Stream.of(Arguments.of(Tag.AnatomicRegionSequence, CodeRole.REGION),
                Arguments.of(Tag.ProcedureCodeSequence, CodeRole.PROCEDURE),
                Arguments.of(Tag.ReasonForRequestedProcedureCodeSequence, CodeRole.REASON));
    }

    @ParameterizedTest
    @MethodSource("roles")
    void codesOfADefinition(int tag, CodeRole role) throws HpFailure {
        CandidateFilter filter = filter(definition(item -> items(item, tag, code -> {
            code.setString(Tag.CodeValue, VR.SH, "A");
            code.setString(Tag.CodingSchemeVersion, VR.SH, "V");
        })));
        assertEquals(List.of(new CodeCondition(role, List.of(is(Column.CODE_VALUE, "A"), is(Column.CODE_VERSION, "V")))),
                filter.codes());
        assertTrue(filter(definition(item -> items(item, tag, code -> code.setNull(Tag.CodeValue, VR.SH)))).isAll());
    }

    @Test
    void codeWithoutAColumnMakesNoCondition() throws HpFailure {
        assertTrue(filter(definition(item -> items(item, Tag.AnatomicRegionSequence, code -> items(code,
                Tag.EquivalentCodeSequence, other -> other.setString(Tag.CodeValue, VR.SH, "A"))))).isAll());
    }

    /** PostgreSQL refuses NUL: such a value must not get there. */
    @Test
    void valueNoColumnCanHoldMakesNoCondition() throws HpFailure {
        for (String value : List.of("a\0b", "a\0*"))
            assertTrue(filter(with(request -> request.setBytes(Tag.HangingProtocolName, VR.SH, value.getBytes()))).isAll());
        assertTrue(filter(with(request -> request.setBytes(Tag.SOPInstanceUID, VR.UI, "1.2\0.3".getBytes()))).isAll());
        assertTrue(filter(definition(item -> items(item, Tag.AnatomicRegionSequence,
                code -> code.setBytes(Tag.CodeValue, VR.SH, "a\0b".getBytes())))).isAll());
    }

    @Test
    void universalQueryLeavesNothingOut() throws HpFailure {
        assertTrue(filter(SampleRequests.everyProtocol()).isAll());
        assertFalse(filter(SampleRequests.byChest()).isAll());
    }

    @Test
    void whatUnknownValuesDoIsPartOfTheFilter() throws HpFailure {
        assertFalse(identifier(SampleRequests.byChest()).filter().unknownMatches());
        assertTrue(lenient(SampleRequests.byChest()).filter().unknownMatches());
    }

    private static CandidateFilter filter(Attributes request) throws HpFailure {
        return identifier(request).filter();
    }

    private static Condition is(Column column, String value) {
        return new Condition.OneOf(column, List.of(value));
    }

    private static Attributes definition(Consumer<Attributes> item) {
        return with(request -> items(request, Tag.HangingProtocolDefinitionSequence, item));
    }
}

package org.hpqr.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dcm4che3.data.Tag;
import org.hpqr.database.CandidateFilter;
import org.hpqr.database.CandidateFilter.CodeCondition;
import org.hpqr.database.CandidateFilter.Column;
import org.hpqr.database.CandidateFilter.Condition;
import org.hpqr.database.CodeRole;
import org.hpqr.database.ColumnText;
import org.hpqr.query.Key.SequenceKey;
import org.hpqr.query.Key.ValueKey;

/**
 * Which keys the database can help with. A key for which there is no column, or whose value no column can hold, makes no
 * condition: leaving a condition out lets more objects pass, and each of them is matched afterwards.
 */
final class Narrowing {

    /** Beyond this a list of UIDs makes no condition: databases limit the number of bound values. */
    private static final int MAX_UIDS = 1_000;

    private static final Map<Integer, Column> OBJECT = Map.of(
            Tag.SOPInstanceUID, Column.SOP_INSTANCE_UID,
            Tag.SOPClassUID, Column.SOP_CLASS_UID,
            Tag.HangingProtocolName, Column.NAME,
            Tag.HangingProtocolLevel, Column.LEVEL,
            Tag.NumberOfPriorsReferenced, Column.PRIORS,
            Tag.NumberOfScreens, Column.SCREENS,
            Tag.HangingProtocolUserGroupName, Column.USER_GROUP);

    private static final Map<Integer, Column> DEFINITION = Map.of(
            Tag.Modality, Column.MODALITY,
            Tag.Laterality, Column.LATERALITY);

    private static final Map<Integer, CodeRole> ROLES = Map.of(
            Tag.AnatomicRegionSequence, CodeRole.REGION,
            Tag.ProcedureCodeSequence, CodeRole.PROCEDURE,
            Tag.ReasonForRequestedProcedureCodeSequence, CodeRole.REASON);

    // short, long and URN code values share a column: which of them a code has, the matcher sees
    private static final Map<Integer, Column> CODE = Map.of(
            Tag.CodeValue, Column.CODE_VALUE,
            Tag.LongCodeValue, Column.CODE_VALUE,
            Tag.URNCodeValue, Column.CODE_VALUE,
            Tag.CodingSchemeDesignator, Column.CODE_SCHEME,
            Tag.CodingSchemeVersion, Column.CODE_VERSION);

    private static final Map<Integer, Column> USER_CODE = Map.of(
            Tag.CodeValue, Column.USER_CODE,
            Tag.LongCodeValue, Column.USER_CODE,
            Tag.URNCodeValue, Column.USER_CODE,
            Tag.CodingSchemeDesignator, Column.USER_SCHEME,
            Tag.CodingSchemeVersion, Column.USER_VERSION);

    private Narrowing() {
    }

    /** The filter for these keys. */
    static CandidateFilter of(Keys keys, boolean unknownMatches) {
        List<Condition> object = conditions(keys, OBJECT);
        List<Condition> definition = List.of();
        List<CodeCondition> codes = new ArrayList<>();
        for (Key key : keys.keys()) {
            if (!(key instanceof SequenceKey sequence) || sequence.isUniversal())
                continue;
            switch (sequence.attribute().tag()) {
                case Tag.HangingProtocolUserIdentificationCodeSequence ->
                        object.addAll(conditions(sequence.item(), USER_CODE));
                case Tag.HangingProtocolDefinitionSequence -> {
                    definition = conditions(sequence.item(), DEFINITION);
                    codes.addAll(codes(sequence.item()));
                }
                default -> { }
            }
        }
        return new CandidateFilter(object, definition, codes, unknownMatches);
    }

    private static List<CodeCondition> codes(Keys definition) {
        List<CodeCondition> codes = new ArrayList<>();
        for (Key key : definition.keys()) {
            if (key instanceof SequenceKey sequence && !sequence.isUniversal()) {
                List<Condition> conditions = conditions(sequence.item(), CODE);
                if (!conditions.isEmpty())
                    codes.add(new CodeCondition(ROLES.get(sequence.attribute().tag()), conditions));
            }
        }
        return codes;
    }

    private static List<Condition> conditions(Keys keys, Map<Integer, Column> columns) {
        List<Condition> conditions = new ArrayList<>();
        for (Key key : keys.keys()) {
            Column column = columns.get(key.attribute().tag());
            if (column != null && key instanceof ValueKey value && !value.isUniversal())
                add(conditions, column, value.test());
        }
        return conditions;
    }

    private static void add(List<Condition> conditions, Column column, ValueTest test) {
        if (test instanceof ValueTest.SingleNumber number)
            conditions.add(new Condition.Number(column, number.value()));
        else if (test instanceof ValueTest.SingleValue single && ColumnText.isRepresentable(single.value()))
            conditions.add(new Condition.OneOf(column, List.of(single.value())));
        else if (test instanceof ValueTest.Pattern pattern && ColumnText.isRepresentable(pattern.text()))
            conditions.add(new Condition.WildCard(column, pattern.text()));
        else if (test instanceof ValueTest.UidList list && list.uids().size() <= MAX_UIDS
                && list.uids().stream().allMatch(ColumnText::isRepresentable))
            conditions.add(new Condition.OneOf(column, List.copyOf(list.uids())));
    }
}

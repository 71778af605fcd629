package org.hpqr.database;

import java.util.List;

/**
 * By what a query leaves objects out: conditions on the columns, all of which an object has to satisfy. Objects whose
 * columns are not to be relied on (see {@link IndexedProtocol#irregular()}) pass every filter, but for one that names UIDs.
 *
 * @param object         conditions on the object itself
 * @param definition     conditions on one and the same definition item; together with {@code codes}
 * @param codes          codes that one and the same definition item must have
 * @param unknownMatches {@code true}: an object without a value satisfies a condition on it
 */
public record CandidateFilter(List<Condition> object, List<Condition> definition, List<CodeCondition> codes,
                              boolean unknownMatches) {

    /** Leaves nothing out. */
    public static final CandidateFilter ALL = new CandidateFilter(List.of(), List.of(), List.of(), false);

    public CandidateFilter {
        object = List.copyOf(object);
        definition = List.copyOf(definition);
        codes = List.copyOf(codes);
    }

    /** {@code true} if it leaves nothing out. */
    public boolean isAll() {
        return object.isEmpty() && definition.isEmpty() && codes.isEmpty();
    }

    /** The columns that are searched. */
    public enum Column {
        SOP_INSTANCE_UID, SOP_CLASS_UID, NAME, LEVEL, PRIORS, SCREENS, USER_CODE, USER_SCHEME, USER_VERSION, USER_GROUP,
        MODALITY, LATERALITY,
        CODE_VALUE, CODE_SCHEME, CODE_VERSION
    }

    /** A condition on the value of one column. */
    public sealed interface Condition {

        Column column();

        /** The value is one of these. */
        record OneOf(Column column, List<String> values) implements Condition {

            public OneOf {
                values = List.copyOf(values);
            }
        }

        /** The value matches a pattern in which {@code *} stands for any text and {@code ?} for any character. */
        record WildCard(Column column, String pattern) implements Condition {
        }

        /** The value is this number. */
        record Number(Column column, int value) implements Condition {
        }
    }

    /**
     * A code that satisfies all these conditions stands in the sequence of this role.
     *
     * @param conditions on the {@code CODE_} columns
     */
    public record CodeCondition(CodeRole role, List<Condition> conditions) {

        public CodeCondition {
            conditions = List.copyOf(conditions);
        }
    }
}

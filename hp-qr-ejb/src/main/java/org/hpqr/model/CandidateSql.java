package org.hpqr.model;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.hpqr.model.CandidateFilter.CodeCondition;
import org.hpqr.model.CandidateFilter.Column;
import org.hpqr.model.CandidateFilter.Condition;

/**
 * The statement for a filter. The text is made of constants only; every value is bound, in the type of its column, so
 * that the indexes serve.
 */
final class CandidateSql {

    private static final String SELECT = "SELECT o.attrs, o.name, o.sop_iuid FROM hp_object o";
    private static final String ORDER = " ORDER BY name, sop_iuid";

    private final StringBuilder text = new StringBuilder(512);
    private final List<Object> values = new ArrayList<>();
    private final boolean unknownMatches;

    CandidateSql(CandidateFilter filter) {
        unknownMatches = filter.unknownMatches();
        text.append(SELECT);
        if (!filter.isAll()) {
            text.append(" WHERE o.irregular = 0");
            filter.object().forEach(condition -> and().append(condition));
            if (!filter.definition().isEmpty() || !filter.codes().isEmpty())
                and().appendDefinition(filter);
            // irregular objects in a branch of their own: an OR would keep the database from using its indexes
            text.append(" UNION ALL ").append(SELECT).append(" WHERE o.irregular = 1");
        }
        text.append(ORDER);
    }

    String text() {
        return text.toString();
    }

    void bind(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) instanceof Integer number)
                statement.setInt(i + 1, number);
            else
                statement.setString(i + 1, (String) values.get(i));
        }
    }

    private void appendDefinition(CandidateFilter filter) {
        String from = "EXISTS (SELECT 1 FROM hp_definition d WHERE d.hp_fk = o.pk";
        if (unknownMatches)
            text.append("(NOT ").append(from).append(") OR ");
        text.append(from);
        filter.definition().forEach(condition -> and().append(condition));
        filter.codes().forEach(code -> and().append(code));
        text.append(unknownMatches ? "))" : ")");
    }

    private void append(CodeCondition code) {
        String from = "EXISTS (SELECT 1 FROM hp_definition_code c WHERE c.definition_fk = d.pk AND c.role = '"
                + code.role().name() + "'";
        if (unknownMatches)
            text.append("(NOT ").append(from).append(") OR ");
        text.append(from);
        code.conditions().forEach(condition -> and().append(condition));
        text.append(unknownMatches ? "))" : ")");
    }

    private void append(Condition condition) {
        String column = nameOf(condition.column());
        if (unknownMatches)
            text.append('(').append(column).append(condition.column() == Column.NAME ? " = ''" : " IS NULL").append(" OR ");
        if (condition instanceof Condition.OneOf oneOf)
            appendOneOf(column, oneOf.values());
        else if (condition instanceof Condition.WildCard wildCard)
            appendLike(column, wildCard.pattern());
        else if (condition instanceof Condition.Number number)
            appendValue(column + " = ?", number.value());
        if (unknownMatches)
            text.append(')');
    }

    private void appendOneOf(String column, List<String> texts) {
        text.append(column).append(texts.stream().map(value -> "?").collect(Collectors.joining(", ", " IN (", ")")));
        values.addAll(texts);
    }

    private void appendLike(String column, String pattern) {
        LikePattern.of(pattern).ifPresentOrElse(
                like -> appendValue(column + " LIKE ? ESCAPE '" + LikePattern.ESCAPE + "'", like),
                () -> text.append("1 = 1"));
    }

    private void appendValue(String comparison, Object value) {
        text.append(comparison);
        values.add(value);
    }

    private CandidateSql and() {
        text.append(" AND ");
        return this;
    }

    private static String nameOf(Column column) {
        return switch (column) {
            case SOP_INSTANCE_UID -> "o.sop_iuid";
            case SOP_CLASS_UID -> "o.sop_cuid";
            case NAME -> "o.name";
            case LEVEL -> "o.level";
            case PRIORS -> "o.priors";
            case SCREENS -> "o.screens";
            case USER_CODE -> "o.user_code";
            case USER_SCHEME -> "o.user_scheme";
            case USER_VERSION -> "o.user_version";
            case USER_GROUP -> "o.user_group";
            case MODALITY -> "d.modality";
            case LATERALITY -> "d.laterality";
            case CODE_VALUE -> "c.code_value";
            case CODE_SCHEME -> "c.scheme";
            case CODE_VERSION -> "c.scheme_version";
        };
    }
}

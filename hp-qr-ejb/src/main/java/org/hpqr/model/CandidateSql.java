package org.hpqr.model;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hpqr.model.CandidateFilter.CodeCondition;
import org.hpqr.model.CandidateFilter.Column;
import org.hpqr.model.CandidateFilter.Condition;

/**
 * The statement for a filter. The text is made of constants only; every value is bound, in the type of its column, so
 * that the indexes serve.
 */
final class CandidateSql {

    private static final String SELECT = "SELECT o.attrs, o.name, o.sop_iuid FROM hp_object o";
    /** Of the rows and of what is made of them. */
    static final String ORDER = " ORDER BY name, sop_iuid";
    private static final String AND = " AND ";

    private final boolean unconditional;
    private final boolean unknownMatches;
    /** In the order of their marks in the text: what comes first in it is made first. */
    private final List<Object> values = new ArrayList<>();
    private final String text;

    CandidateSql(CandidateFilter filter) {
        unconditional = filter.isAll();
        unknownMatches = filter.unknownMatches();
        // irregular objects have a branch of their own: an OR would keep the database from using its indexes
        text = unconditional ? SELECT + ORDER
                : SELECT + " WHERE o.irregular = 0 AND " + conditions(filter)
                        + " UNION ALL " + SELECT + " WHERE o.irregular = 1" + ORDER;
    }

    String text() {
        return text;
    }

    /** All objects, in the order of an index: no row takes long to be found. */
    boolean isUnconditional() {
        return unconditional;
    }

    void bind(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) instanceof Integer number)
                statement.setInt(i + 1, number);
            else
                statement.setString(i + 1, (String) values.get(i));
        }
    }

    private String conditions(CandidateFilter filter) {
        Stream<String> object = filter.object().stream().map(this::condition);
        if (filter.definition().isEmpty() && filter.codes().isEmpty())
            return all(object);
        return all(Stream.concat(object, Stream.of(filter).map(this::definition)));
    }

    private String definition(CandidateFilter filter) {
        String conditions = all(Stream.concat(filter.definition().stream().map(this::condition),
                filter.codes().stream().map(code -> code(code, modality(filter)))));
        return orUnknown("NOT EXISTS (SELECT 1 FROM hp_definition d WHERE d.hp_fk = o.pk)",
                "o.pk IN (SELECT d.hp_fk FROM hp_definition d WHERE " + conditions + ")");
    }

    /** What the definition item asks of its modality; {@code null} if nothing that could be asked of each of its codes. */
    private Condition modality(CandidateFilter filter) {
        return unknownMatches ? null : filter.definition().stream()
                .filter(condition -> condition.column() == Column.MODALITY).findFirst().orElse(null);
    }

    /** @param modality asked of the code, too: a region has many protocols, a region and a modality have few */
    private String code(CodeCondition code, Condition modality) {
        String inRole = "c.role = '" + code.role().name() + "'";
        Stream<String> ofModality = modality == null ? Stream.empty()
                : Stream.of(modality).map(condition -> condition(condition, "c.modality"));
        String conditions = all(Stream.of(Stream.of(inRole), code.conditions().stream().map(this::condition), ofModality)
                .flatMap(Function.identity()));
        return orUnknown("NOT EXISTS (SELECT 1 FROM hp_definition_code c WHERE c.definition_fk = d.pk AND " + inRole + ")",
                // not EXISTS: the inside of an IN does not depend on the outside, so H2 evaluates it once, by its indexes
                "d.pk IN (SELECT c.definition_fk FROM hp_definition_code c WHERE " + conditions + ")");
    }

    private String condition(Condition condition) {
        return condition(condition, nameOf(condition.column()));
    }

    private String condition(Condition condition, String column) {
        String unknown = column + (condition.column() == Column.NAME ? " = '" + HangingProtocol.UNKNOWN_NAME + "'" : " IS NULL");
        if (condition instanceof Condition.OneOf oneOf)
            return orUnknown(unknown, oneOf(column, oneOf.values()));
        if (condition instanceof Condition.WildCard wildCard)
            return orUnknown(unknown, like(column, wildCard.pattern()));
        return orUnknown(unknown, column + " = " + bound(((Condition.Number) condition).value()));
    }

    private String oneOf(String column, List<String> texts) {
        return column + texts.stream().map(this::bound).collect(Collectors.joining(", ", " IN (", ")"));
    }

    private String like(String column, String pattern) {
        return LikePattern.of(pattern).map(like -> column + " LIKE " + bound(like) + " ESCAPE '" + LikePattern.ESCAPE + "'")
                .orElse("1 = 1");
    }

    private String bound(Object value) {
        values.add(value);
        return "?";
    }

    private String orUnknown(String unknown, String condition) {
        return unknownMatches ? "(" + unknown + " OR " + condition + ")" : condition;
    }

    private static String all(Stream<String> conditions) {
        return conditions.collect(Collectors.joining(AND));
    }

    private static String nameOf(Column column) {
        return switch (column) {
            case SOP_INSTANCE_UID -> "o.sop_iuid";
            case SOP_CLASS_UID -> "o.sop_cuid";
            case NAME -> "o.name";
            case LEVEL -> "o.hp_level";
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

package org.hpqr.database;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hpqr.database.CandidateFilter.CodeCondition;
import org.hpqr.database.CandidateFilter.Column;
import org.hpqr.database.CandidateFilter.Condition;
import org.hpqr.database.CandidateFilter.Condition.OneOf;

/**
 * The statement for a filter. The text is made of constants only; every value is bound, in the type of its column, so
 * that the indexes serve.
 */
final class CandidateSql {

    private static final String SELECT = "SELECT o.attrs, o.name, o.sop_iuid FROM hp_object o";
    /** Of the rows and of what is made of them. */
    static final String ORDER = " ORDER BY name, sop_iuid";
    private static final String AND = " AND ";
    private static final String ITEMS = "SELECT i.hp_fk, i.item_number FROM ";

    private final boolean unconditional;
    private final boolean unknownMatches;
    /** In the order of their marks in the text: what comes first in it is made first. */
    private final List<Object> values = new ArrayList<>();
    private final String text;

    CandidateSql(CandidateFilter filter) {
        unconditional = filter.isAll();
        unknownMatches = filter.unknownMatches();
        text = SELECT + where(filter) + ORDER;
    }

    private String where(CandidateFilter filter) {
        if (unconditional)
            return "";
        // a store takes no object whose UID does not fit its column, and who names UIDs has narrowed enough
        Optional<OneOf> uids = filter.object().stream().filter(condition -> condition.column() == Column.SOP_INSTANCE_UID)
                .filter(OneOf.class::isInstance).map(OneOf.class::cast).findFirst();
        if (uids.isPresent())
            return " WHERE " + oneOf("o.sop_iuid", uids.get().values());
        // irregular objects have a branch of their own: an OR would keep the database from using its indexes
        return " WHERE o.irregular = 0 AND " + conditions(filter) + " UNION ALL " + SELECT + " WHERE o.irregular = 1";
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
        Stream<String> object = conditions("o", filter.object());
        if (filter.definition().isEmpty() && filter.codes().isEmpty())
            return all(object);
        return all(Stream.concat(object, Stream.of(filter).map(this::item)));
    }

    private String item(CandidateFilter filter) {
        String items = "o.pk IN (SELECT i.hp_fk FROM " + (unknownMatches ? itemsOrUnknown(filter) : items(filter)) + ')';
        return orUnknown("NOT EXISTS (SELECT 1 FROM hp_definition d WHERE d.hp_fk = o.pk)", items);
    }

    /**
     * The items that satisfy one condition and those that satisfy another, intersected: each list stands in an index as it
     * is needed. Joined, one is looked up for each of the other, as databases take both for shorter than they are. The
     * modality is asked of each code: a region has many protocols, a region and a modality have few.
     */
    private String items(CandidateFilter filter) {
        List<Condition> modality = filter.definition().stream()
                .filter(condition -> condition.column() == Column.MODALITY).toList();
        List<String> lists = new ArrayList<>();
        if (filter.codes().isEmpty() || modality.size() < filter.definition().size())
            lists.add(ITEMS + "hp_definition i WHERE " + all(conditions("i", filter.definition())));
        for (CodeCondition code : filter.codes())
            lists.add(ITEMS + "hp_definition_code i WHERE " + all(Stream.concat(code("i", code), conditions("i", modality))));
        return '(' + String.join(" INTERSECT ", lists) + ") i";
    }

    private String itemsOrUnknown(CandidateFilter filter) {
        return "hp_definition i WHERE "
                + all(Stream.concat(conditions("i", filter.definition()), filter.codes().stream().map(this::codeOrUnknown)));
    }

    private String codeOrUnknown(CodeCondition code) {
        String ofItem = "EXISTS (SELECT 1 FROM hp_definition_code c WHERE c.hp_fk = i.hp_fk AND c.item_number = i.item_number AND ";
        return orUnknown("NOT " + ofItem + inRole("c", code) + ')', ofItem + all(code("c", code)) + ')');
    }

    private Stream<String> code(String alias, CodeCondition code) {
        return Stream.concat(Stream.of(inRole(alias, code)), conditions(alias, code.conditions()));
    }

    private static String inRole(String alias, CodeCondition code) {
        return alias + ".role = '" + code.role().name() + "'";
    }

    private Stream<String> conditions(String alias, List<Condition> conditions) {
        return conditions.stream().map(condition -> condition(condition, alias + '.' + nameOf(condition.column())));
    }

    private String condition(Condition condition, String column) {
        String unknown = column + (condition.column() == Column.NAME ? " = '" + ProtocolRows.UNKNOWN_NAME + "'" : " IS NULL");
        if (condition instanceof OneOf oneOf)
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
            case SOP_INSTANCE_UID -> "sop_iuid";
            case SOP_CLASS_UID -> "sop_cuid";
            case NAME -> "name";
            case LEVEL -> "hp_level";
            case PRIORS -> "priors";
            case SCREENS -> "screens";
            case USER_CODE -> "user_code";
            case USER_SCHEME -> "user_scheme";
            case USER_VERSION -> "user_version";
            case USER_GROUP -> "user_group";
            case MODALITY -> "modality";
            case LATERALITY -> "laterality";
            case CODE_VALUE -> "code_value";
            case CODE_SCHEME -> "scheme";
            case CODE_VERSION -> "scheme_version";
        };
    }
}

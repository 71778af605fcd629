package org.hpqr.web.search;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.util.TagUtils;
import org.hpqr.information.HangingProtocolModel;

/**
 * What the query component of a search asks for (PS3.18 8.3.4, 12.6), as the identifier that a C-FIND would bring, so that
 * both are matched in one place.
 *
 * @param identifier  keys and return keys that it names, text in UTF-8; others are returned without being named
 * @param limit       most results; {@link Long#MAX_VALUE} where none was given
 * @param offset      results to leave out at the beginning
 * @param order       that of the results; {@code null} for the usual one
 * @param emptyValues two quotation marks in the identifier ask for no value (PS3.18 8.3.4.5)
 * @param warnings    what of the request was not done, a sentence each
 */
public record SearchRequest(Attributes identifier, long limit, long offset, SortOrder order, boolean emptyValues, List<String> warnings) {

    private static final String INCLUDE_FIELD = "includefield";
    private static final String LIMIT = "limit";
    private static final String OFFSET = "offset";
    private static final String ORDER_BY = "orderby";
    private static final String ALL = "all";
    /** More digits than a {@code long} can have. */
    private static final int MAX_DIGITS = 18;

    /** Not done, as no key of the model is a person's name (PS3.18 8.3.4.2); the answer says so in these words. */
    private static final String FUZZY = "fuzzymatching";
    private static final String NOT_FUZZY = "The fuzzymatching parameter is not supported. Only literal matching has been performed.";
    private static final String EMPTY_VALUE = "emptyvaluematching";
    /**
     * Matching of several values in a key that an attribute of several values has to have all (PS3.18 8.3.4.6, PS3.4 C.2.2.2.8).
     * It is for attributes with a value multiplicity above 1, which no matching key of the model has, so it changes nothing.
     */
    private static final String MULTIPLE_VALUE = "multiplevaluematching";

    /** Names of the parameters that are no attributes, for the capabilities. */
    public static List<String> parameterNames() {
        return List.of(INCLUDE_FIELD, LIMIT, OFFSET, ORDER_BY, FUZZY, EMPTY_VALUE, MULTIPLE_VALUE);
    }

    /**
     * Reads a query component.
     *
     * @param maxKeys most attributes that it may name
     * @throws InvalidQueryException a rule of 8.3.4 is broken
     */
    public static SearchRequest parse(QueryString query, int maxKeys) throws InvalidQueryException {
        boolean emptyValues = flag(query, EMPTY_VALUE);
        // only its value can be wrong
        flag(query, MULTIPLE_VALUE);
        RequestedAttributes requested = new RequestedAttributes(emptyValues);
        Set<AttributePath> seen = new HashSet<>();
        Set<String> ignored = new LinkedHashSet<>();
        for (QueryString.Parameter parameter : query.parameters()) {
            if (parameter.name().equals(INCLUDE_FIELD)) {
                for (String field : parameter.value().split(","))
                    include(field.trim(), requested, ignored);
            } else {
                AttributePath path = AttributePath.parse(parameter.name());
                if (path == null)
                    // no attribute: one of the others, or unknown, which is ignored (8.3.4)
                    continue;
                if (!seen.add(path))
                    throw new InvalidQueryException("Attribute " + path + " occurs more than once");
                checkCreator(path, query);
                if (!requested.match(path, parameter.value()) && !path.isPrivateCreator())
                    ignored.add(path.toString());
            }
            if (seen.size() + requested.included() + ignored.size() > maxKeys)
                throw new InvalidQueryException("There are more than " + maxKeys + " attributes");
        }
        SortOrder order = order(query, requested);
        List<String> warnings = new ArrayList<>();
        if (flag(query, FUZZY))
            warnings.add(NOT_FUZZY);
        if (!ignored.isEmpty())
            warnings.add("These attributes are no keys of the information model and were ignored: " + String.join(", ", ignored));
        return new SearchRequest(requested.identifier(HangingProtocolModel.ATTRIBUTES), number(query, LIMIT, Long.MAX_VALUE),
                number(query, OFFSET, 0), order, emptyValues, List.copyOf(warnings));
    }

    private static void include(String field, RequestedAttributes requested, Set<String> ignored) {
        if (field.equals(ALL)) {
            requested.includeAll();
            return;
        }
        AttributePath path = AttributePath.parse(field);
        if (path != null && !requested.include(path))
            ignored.add(path.toString());
    }

    private static SortOrder order(QueryString query, RequestedAttributes requested) throws InvalidQueryException {
        String value = query.single(ORDER_BY).orElse(null);
        if (value == null)
            return null;
        SortOrder order = SortOrder.parse(value);
        if (!requested.include(order.path()))
            throw new InvalidQueryException("Results cannot be sorted by " + order.path());
        return order;
    }

    /** A private attribute means something only together with its creator (8.3.4.1, PS3.5 7.8.1). */
    private static void checkCreator(AttributePath path, QueryString query) throws InvalidQueryException {
        int tag = path.last();
        if (!TagUtils.isPrivateTag(tag))
            return;
        AttributePath creator = path.sibling(TagUtils.creatorTagOf(tag));
        if (query.parameters().stream().noneMatch(parameter -> creator.equals(AttributePath.parse(parameter.name()))
                && !parameter.value().isEmpty()))
            throw new InvalidQueryException("Private attribute " + path + " comes without its creator");
    }

    private static boolean flag(QueryString query, String name) throws InvalidQueryException {
        String value = query.single(name).orElse("false");
        if (!value.equals("true") && !value.equals("false"))
            throw new InvalidQueryException("Parameter " + name + " is neither true nor false");
        return value.equals("true");
    }

    private static long number(QueryString query, String name, long defaultValue) throws InvalidQueryException {
        String value = query.single(name).orElse(null);
        if (value == null)
            return defaultValue;
        if (value.isEmpty() || !value.chars().allMatch(c -> c >= '0' && c <= '9'))
            throw new InvalidQueryException("Parameter " + name + " is not an unsigned integer");
        return value.length() > MAX_DIGITS ? Long.MAX_VALUE : Long.parseLong(value);
    }
}

package org.hpqr.selection;

import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.hpqr.selection.SelectorValues.Found;

/** One item of Filter Operations Sequence (0072,0400), PS3.3 C.23.3.1.1: which images of an image set a display set shows. */
sealed interface Filter {

    String CLAUSE = "PS3.3 C.23.3.1.1";

    /** Says whether an image passes, and counts it. */
    Outcome test(Image image, Tally tally);

    /** What was counted, in one sentence. */
    Reason reason(int number, Tally tally);

    /**
     * Reads an item.
     *
     * @throws MalformedRule it does not say what passes
     */
    static Filter of(Attributes item) throws MalformedRule {
        String category = Elements.text(item, Tag.FilterByCategory).orElse(null);
        if (category != null)
            return ByPlane.of(item, category);
        String presence = Elements.text(item, Tag.FilterByAttributePresence).orElse(null);
        String operator = Elements.text(item, Tag.FilterByOperator).orElse(null);
        if (operator != null)
            return ByValue.of(item, operator);
        if (presence == null)
            throw new MalformedRule("has neither Filter-by Operator (0072,0406) nor Filter-by Attribute Presence (0072,0404)");
        return ByPresence.of(item, presence);
    }

    /** Image Set Selector Usage Flag (0072,0024); MATCH if it is missing (PS3.3 Table C.23.3-1), other than in a selector. */
    private static Outcome usageFlag(Attributes item) throws MalformedRule {
        Outcome flag = ImageSetSelector.usageFlag(item);
        return flag == Outcome.NOT_EVALUABLE ? Outcome.MATCHES : flag;
    }

    /** Filter-by Operator (0072,0406). */
    enum Operator {
        MEMBER_OF("one of"), NOT_MEMBER_OF("none of"), RANGE_INCL("within"), RANGE_EXCL("outside"),
        GREATER_OR_EQUAL("at least"), LESS_OR_EQUAL("at most"), GREATER_THAN("more than"), LESS_THAN("less than");

        private final String words;

        Operator(String words) {
            this.words = words;
        }

        private boolean isMembership() {
            return this == MEMBER_OF || this == NOT_MEMBER_OF;
        }

        private boolean isRange() {
            return this == RANGE_INCL || this == RANGE_EXCL;
        }

        private static Operator of(String text) throws MalformedRule {
            for (Operator operator : values())
                if (operator.name().equals(text))
                    return operator;
            throw new MalformedRule("has the invalid value " + text + " as Filter-by Operator (0072,0406)");
        }

        private boolean holds(TypedValue value, List<TypedValue> wanted) {
            int first = value.compareTo(wanted.get(0));
            return switch (this) {
                case RANGE_INCL -> first >= 0 && value.compareTo(wanted.get(1)) <= 0;
                case RANGE_EXCL -> first < 0 || value.compareTo(wanted.get(1)) > 0;
                case GREATER_OR_EQUAL -> first >= 0;
                case LESS_OR_EQUAL -> first <= 0;
                case GREATER_THAN -> first > 0;
                case LESS_THAN -> first < 0;
                default -> throw new IllegalStateException("membership is no comparison: " + this);
            };
        }
    }

    /**
     * By the value of an attribute. Of several values all have to be in the range or beyond the bound, one has to be a member,
     * none may be. Of several items of a sequence one is enough (C.23.4.1.1.1), except for NOT_MEMBER_OF. Ranges and bounds are
     * for numbers; dates and times, which the clause named formerly, are compared, too.
     *
     * @param ifNotAvailable what an image without the value counts as
     */
    record ByValue(SelectorValues values, Operator operator, Outcome ifNotAvailable) implements Filter {

        private static Filter of(Attributes item, String operatorName) throws MalformedRule {
            Operator operator = Operator.of(operatorName);
            SelectorValues values = SelectorValues.of(item);
            if (!operator.isMembership())
                check(operator, values.wanted());
            return new ByValue(values, operator, usageFlag(item));
        }

        private static void check(Operator operator, List<TypedValue> wanted) throws MalformedRule {
            if (wanted.size() != (operator.isRange() ? 2 : 1))
                throw new MalformedRule("has " + wanted.size() + (wanted.size() == 1 ? " value for " : " values for ") + operator);
            for (TypedValue value : wanted)
                if (!value.isOrdered())
                    throw new MalformedRule("has " + operator + " for " + value + ", which is not a number");
            if (operator.isRange() && wanted.get(0).compareTo(wanted.get(1)) > 0)
                throw new MalformedRule("has a range from " + wanted.get(0) + " down to " + wanted.get(1));
        }

        @Override
        public Outcome test(Image image, Tally tally) {
            Found found = values.in(image);
            return switch (found.availability()) {
                case AVAILABLE -> tally.count(compare(found), found.all());
                case NOT_AVAILABLE -> tally.countNotAvailable(ifNotAvailable);
                case UNKNOWN -> tally.count(Outcome.NOT_EVALUABLE, found.all());
            };
        }

        private Outcome compare(Found found) {
            if (operator.isMembership()) {
                Outcome member = values.memberOf(found);
                return operator == Operator.MEMBER_OF ? member : member.negate();
            }
            Outcome any = Outcome.DOES_NOT_MATCH;
            for (List<TypedValue> item : found.items()) {
                Outcome all = Outcome.MATCHES;
                for (TypedValue value : item)
                    all = all.and(value.isComparableWith(values.wanted().get(0))
                            ? Outcome.of(operator.holds(value, values.wanted())) : Outcome.NOT_EVALUABLE);
                any = any.or(all);
            }
            return any;
        }

        @Override
        public Reason reason(int number, Tally tally) {
            String name = values.attribute().name();
            String wanted = operator.words + " " + SelectorValues.text(values.wanted(), operator.isRange() ? " to " : ", ");
            return tally.reason(Reason.Step.FILTER, name, wanted, CLAUSE, "Filter " + number + " asks for " + name
                    + (values.number() > 1 ? ", value " + values.number() + "," : "") + ' ' + wanted);
        }
    }

    /** Filter-by Attribute Presence (0072,0404); an attribute of zero length is present. */
    record ByPresence(SelectorAttribute attribute, boolean present) implements Filter {

        private static Filter of(Attributes item, String presence) throws MalformedRule {
            return new ByPresence(SelectorAttribute.of(item), switch (presence) {
                case "PRESENT" -> true;
                case "NOT_PRESENT" -> false;
                default -> throw new MalformedRule("has the invalid value " + presence
                        + " as Filter-by Attribute Presence (0072,0404)");
            });
        }

        @Override
        public Outcome test(Image image, Tally tally) {
            boolean found = !attribute.in(image).isEmpty();
            return tally.count(!found && !image.complete() ? Outcome.NOT_EVALUABLE : Outcome.of(found == present), List.of());
        }

        @Override
        public Reason reason(int number, Tally tally) {
            String wanted = present ? "present" : "not present";
            return tally.reason(Reason.Step.FILTER, attribute.name(), wanted, CLAUSE,
                    "Filter " + number + " asks for " + attribute.name() + " to be " + wanted);
        }
    }

    /** Filter-by Category (0072,0402) IMAGE_PLANE. */
    record ByPlane(List<TypedValue> planes, boolean member, Outcome ifNotAvailable) implements Filter {

        private static Filter of(Attributes item, String category) throws MalformedRule {
            if (!category.equals("IMAGE_PLANE"))
                throw new MalformedRule("has " + category + ", which is not known here, as Filter-by Category (0072,0402)");
            Operator operator = Operator.of(Elements.text(item, Tag.FilterByOperator).orElse("none"));
            if (!operator.isMembership())
                throw new MalformedRule("has " + operator + ", which is not for IMAGE_PLANE, as Filter-by Operator (0072,0406)");
            return new ByPlane(SelectorValues.wanted(item, "CS"), operator == Operator.MEMBER_OF, usageFlag(item));
        }

        @Override
        public Outcome test(Image image, Tally tally) {
            ImagePlane.Found found = ImagePlane.of(image);
            if (!found.present())
                return image.complete() ? tally.countNotAvailable(ifNotAvailable) : tally.count(Outcome.NOT_EVALUABLE, List.of());
            if (found.plane() == null)
                return tally.count(Outcome.NOT_EVALUABLE, List.of(text(found.text())));
            boolean is = planes.stream().anyMatch(plane -> found.plane().name().equals(plane.value()));
            return tally.count(Outcome.of(is == member), List.of(text(found.plane().name())));
        }

        private static TypedValue text(String text) {
            return new TypedValue(TypedValue.Kind.TEXT, text, text);
        }

        @Override
        public Reason reason(int number, Tally tally) {
            String wanted = (member ? Operator.MEMBER_OF : Operator.NOT_MEMBER_OF).words + " " + SelectorValues.text(planes, ", ");
            return tally.reason(Reason.Step.FILTER, "IMAGE_PLANE", wanted, CLAUSE,
                    "Filter " + number + " asks for the plane of the image to be " + wanted);
        }
    }
}

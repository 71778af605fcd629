package org.hpqr.selection;

import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.hpqr.selection.SelectorValues.Found;

/**
 * One item of Image Set Selector Sequence (0072,0022), PS3.3 C.23.1.1.3: which images belong to an image set. Free text is
 * compared exactly, which the clause leaves to the implementation.
 *
 * @param ifNotAvailable Image Set Selector Usage Flag (0072,0024): what an image without the attribute, or without the value
 *                       of that number, counts as
 */
record ImageSetSelector(SelectorValues values, Outcome ifNotAvailable) {

    static final String CLAUSE = "PS3.3 C.23.1.1.3";

    /**
     * Reads an item.
     *
     * @throws MalformedRule it does not say what it asks for
     */
    static ImageSetSelector of(Attributes item) throws MalformedRule {
        Outcome ifNotAvailable = usageFlag(item);
        if (ifNotAvailable == Outcome.NOT_EVALUABLE)
            throw new MalformedRule("has no Image Set Selector Usage Flag (0072,0024)");
        return new ImageSetSelector(SelectorValues.of(item), ifNotAvailable);
    }

    /** What the flag says; not evaluable if there is none. */
    static Outcome usageFlag(Attributes item) throws MalformedRule {
        String flag = Elements.text(item, Tag.ImageSetSelectorUsageFlag).orElse("");
        return switch (flag) {
            case "MATCH" -> Outcome.MATCHES;
            case "NO_MATCH" -> Outcome.DOES_NOT_MATCH;
            case "" -> Outcome.NOT_EVALUABLE;
            default -> throw new MalformedRule("has the invalid value " + flag + " as Image Set Selector Usage Flag (0072,0024)");
        };
    }

    Outcome test(Image image, Tally tally, Effort effort) {
        if (!effort.spend())
            return tally.count(Outcome.NOT_EVALUABLE, List.of());
        Found found = values.in(image);
        return switch (found.availability()) {
            case AVAILABLE -> tally.count(values.memberOf(found), found.all());
            case NOT_AVAILABLE -> tally.countNotAvailable(ifNotAvailable);
            case UNKNOWN -> tally.count(Outcome.NOT_EVALUABLE, found.all());
        };
    }

    Reason reason(int number, Tally tally) {
        String name = values.attribute().name();
        return tally.reason(Reason.Step.IMAGE_SET, name, values.wantedText(), CLAUSE, "Selector " + number + " asks for " + name
                + (values.number() > 1 ? ", value " + values.number() + "," : "") + ' ' + values.wantedText());
    }
}

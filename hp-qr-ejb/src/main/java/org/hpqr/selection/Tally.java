package org.hpqr.selection;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Counts how a rule came out for the images it was asked of, and makes one reason of it. */
final class Tally {

    /** More values are not named. */
    private static final int MOST_NAMED = 10;

    private final Set<String> others = new LinkedHashSet<>();
    private int matching;
    private int notMatching;
    private int unknown;
    private int notAvailable;
    private Outcome ifNotAvailable;

    /** @param found the values that the image has */
    Outcome count(Outcome outcome, List<TypedValue> found) {
        switch (outcome) {
            case MATCHES -> matching++;
            case DOES_NOT_MATCH -> notMatching++;
            case NOT_EVALUABLE -> unknown++;
        }
        if (outcome != Outcome.MATCHES)
            for (int i = 0; i < found.size() && others.size() <= MOST_NAMED; i++)
                others.add(found.get(i).text());
        return outcome;
    }

    /** An image that has no value, for which the usage flag of the rule decides: the same for all. */
    Outcome countNotAvailable(Outcome usageFlag) {
        notAvailable++;
        ifNotAvailable = usageFlag;
        return count(usageFlag, List.of());
    }

    /** @param asks the beginning of the sentence: what the rule asks for */
    Reason reason(Reason.Step step, String attribute, String wanted, String clause, String asks) {
        Outcome outcome = matching > 0 || notMatching + unknown == 0 ? Outcome.MATCHES
                : unknown > 0 ? Outcome.NOT_EVALUABLE : Outcome.DOES_NOT_MATCH;
        String found = others.isEmpty() ? null : SelectorValues.text(new ArrayList<>(others), ", ");
        StringBuilder sentence = new StringBuilder(asks).append(": ").append(images(matching))
                .append(matching == 1 ? " matches" : " match");
        if (notMatching > 0)
            sentence.append(", ").append(notMatching).append(notMatching == 1 ? " does not" : " do not");
        if (unknown > 0)
            sentence.append(", of ").append(unknown).append(" it is not known");
        if (found != null)
            sentence.append("; others have ").append(found);
        if (notAvailable > 0)
            sentence.append("; ").append(notAvailable).append(notAvailable == 1 ? " has no value, which " : " have no value, which ")
                    .append(switch (ifNotAvailable) {
                        case MATCHES -> "counts as a match (MATCH)";
                        case DOES_NOT_MATCH -> "counts as no match (NO_MATCH)";
                        case NOT_EVALUABLE -> throw new IllegalStateException("a usage flag says MATCH or NO_MATCH");
                    });
        return new Reason(step, outcome, attribute, wanted, found, clause, sentence.append('.').toString());
    }

    static String images(int count) {
        return count + (count == 1 ? " image" : " images");
    }
}

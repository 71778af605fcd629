package org.hpqr.selection;

/**
 * Why a step of the selection came out as it did.
 *
 * @param step      the step
 * @param outcome   how it came out
 * @param attribute name and tag of the attribute that the rule is about, {@code Modality (0008,0060)}; {@code null} if
 *                  it is about none
 * @param wanted    what the rule asks for; {@code null} if it asks for nothing in particular
 * @param found     what was found; {@code null} if nothing was
 * @param clause    the clause of the standard that has the rule, {@code PS3.3 C.23.1.1.1}; {@code null} if the standard
 *                  leaves it to the implementation
 * @param sentence  all of it in one plain sentence
 */
public record Reason(Step step, Outcome outcome, String attribute, String wanted, String found, String clause,
                     String sentence) {

    /** Longest text, in characters: values come from data sets that may be anything. What is cut off ends with three dots. */
    public static final int LONGEST = 1_000;

    public Reason {
        wanted = cut(wanted);
        found = cut(found);
        sentence = cut(sentence);
    }

    private static String cut(String text) {
        return text == null || text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
    }

    /** The steps of the selection, in the order they are taken. */
    public enum Step {
        /** May this user see the protocol? */
        VISIBILITY,
        /** Is the protocol made for such a study (PS3.3 C.23.1.1.1)? */
        DEFINITION,
        /** What its rank goes by; it never excludes a protocol. */
        RANK,
        /** Which images have the attributes that an image set asks for (PS3.3 C.23.1.1.3)? */
        IMAGE_SET,
        /** Which studies are an image set's current one or prior ones (PS3.3 C.23.1.1.2)? */
        TIME,
        /** Which images does a display set show (PS3.3 C.23.3.1.1)? */
        FILTER,
        /** In which order (PS3.3 C.23.3.1.2)? */
        SORT,
        /** Where do they stand, and what stays empty (PS3.3 Table C.23.3-1)? */
        IMAGE_BOX
    }
}

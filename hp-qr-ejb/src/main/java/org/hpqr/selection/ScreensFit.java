package org.hpqr.selection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.hpqr.selection.Display.Screen;

/**
 * How the screens that a protocol is made for (PS3.3 C.23.2) compare with those that there are. It decides about the rank
 * only: relative positions matter, not sizes (C.23.2.1.1, Note).
 */
record ScreensFit(Fit fit, Reason reason) {

    /** Better ones first. */
    enum Fit {
        EQUAL, FEWER_OR_SMALLER, NOT_COMPARED, MORE_OR_LARGER
    }

    private static final String CLAUSE = "PS3.3 C.23.2";
    private static final Comparator<Screen> LARGEST_FIRST =
            Comparator.comparingInt(Screen::rows).thenComparingInt(Screen::columns).reversed();

    static ScreensFit of(Attributes protocol, Display display) {
        List<Screen> wanted = nominal(protocol);
        OptionalInt stated = Elements.integer(protocol, Tag.NumberOfScreens);
        int number = stated.isPresent() ? stated.getAsInt() : wanted.size();
        if (display.screens().isEmpty() || number <= 0)
            return new ScreensFit(Fit.NOT_COMPARED, reason(Outcome.NOT_EVALUABLE, number, wanted, display, number <= 0
                    ? "The protocol does not say for which screens it is made."
                    : "The screens that there are are not known, so they are not compared."));
        Fit fit = compare(number, wanted, display.screens());
        return new ScreensFit(fit, reason(Outcome.of(fit != Fit.MORE_OR_LARGER), number, wanted, display,
                "The protocol is made for " + text(number, wanted) + (display.screens().size() == 1 ? ", and there is " : ", and there are ")
                        + text(display.screens().size(), display.screens()) + ": " + switch (fit) {
                            case EQUAL -> "equal.";
                            case FEWER_OR_SMALLER -> "it fits.";
                            default -> "it does not fit.";
                        }));
    }

    private static Fit compare(int number, List<Screen> wanted, List<Screen> there) {
        if (number > there.size() || wanted.size() > there.size())
            return Fit.MORE_OR_LARGER;
        if (wanted.isEmpty())
            return number == there.size() ? Fit.EQUAL : Fit.FEWER_OR_SMALLER;
        if (number == there.size() && sorted(wanted).equals(sorted(there)))
            return Fit.EQUAL;
        return canBePlaced(wanted, there) ? Fit.FEWER_OR_SMALLER : Fit.MORE_OR_LARGER;
    }

    /** Says whether each screen has one of its own that it fits into: augmenting paths in a bipartite graph. */
    private static boolean canBePlaced(List<Screen> wanted, List<Screen> there) {
        int[] takenBy = new int[there.size()];
        Arrays.fill(takenBy, -1);
        for (int i = 0; i < wanted.size(); i++)
            if (!place(i, wanted, there, takenBy, new boolean[there.size()]))
                return false;
        return true;
    }

    private static boolean place(int i, List<Screen> wanted, List<Screen> there, int[] takenBy, boolean[] tried) {
        for (int j = 0; j < there.size(); j++)
            if (!tried[j] && wanted.get(i).fitsInto(there.get(j))) {
                tried[j] = true;
                if (takenBy[j] < 0 || place(takenBy[j], wanted, there, takenBy, tried)) {
                    takenBy[j] = i;
                    return true;
                }
            }
        return false;
    }

    /** Nominal Screen Definition Sequence (0072,0102); one more than there can be is enough to know that they are too many. */
    private static List<Screen> nominal(Attributes protocol) {
        List<Screen> screens = new ArrayList<>();
        for (Attributes item : Elements.items(protocol, Tag.NominalScreenDefinitionSequence)) {
            int columns = Elements.integer(item, Tag.NumberOfHorizontalPixels).orElse(0);
            int rows = Elements.integer(item, Tag.NumberOfVerticalPixels).orElse(0);
            if (columns > 0 && rows > 0)
                screens.add(new Screen(columns, rows));
            if (screens.size() > Display.MOST_SCREENS)
                break;
        }
        return screens;
    }

    private static List<Screen> sorted(List<Screen> screens) {
        return screens.stream().sorted(LARGEST_FIRST).toList();
    }

    private static String text(int number, List<Screen> screens) {
        String sizes = screens.stream().distinct().limit(4).map(Screen::toString).collect(Collectors.joining(", "));
        return number + (number == 1 ? " screen" : " screens") + (sizes.isEmpty() ? "" : " of " + sizes + " pixels");
    }

    private static Reason reason(Outcome outcome, int number, List<Screen> wanted, Display display, String sentence) {
        return new Reason(Reason.Step.RANK, outcome, Elements.name(Tag.NumberOfScreens),
                number <= 0 ? null : text(number, wanted),
                display.screens().isEmpty() ? null : text(display.screens().size(), display.screens()), CLAUSE, sentence);
    }
}

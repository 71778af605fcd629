package org.hpqr.selection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hpqr.selection.ScreensFit.Fit;
import org.hpqr.selection.Visibility.Owner;

/**
 * The order of the protocols that apply. PS3.17 V.1 names what it goes by (user, type of study, screens), no more: the nearer
 * owner; the more specific definition; the screens; the newer; last, so that the order is total, the SOP Instance UID.
 */
final class Ranking {

    /** A protocol that applies, with what its rank goes by. */
    record Entry(Owner owner, int parts, Fit fit, Instant created, Candidate candidate) {
    }

    private static final Comparator<Entry> MERIT = Comparator.comparing(Entry::owner)
            .thenComparing(Comparator.comparingInt(Entry::parts).reversed())
            .thenComparing(Entry::fit)
            .thenComparing(Comparator.comparing(Entry::created).reversed());

    private static final Comparator<Entry> ORDER = MERIT.thenComparing(
            entry -> entry.candidate.sopInstanceUid(), Comparator.nullsLast(Comparator.naturalOrder()));

    private Ranking() {
    }

    /** The candidates in their order, with their ranks. */
    static List<Candidate> rank(List<Entry> entries) {
        List<Entry> order = entries.stream().sorted(ORDER).toList();
        List<Candidate> ranked = new ArrayList<>(order.size());
        int rank = 0;
        for (int i = 0; i < order.size(); i++) {
            boolean tiedBefore = i > 0 && MERIT.compare(order.get(i - 1), order.get(i)) == 0;
            boolean tiedAfter = i + 1 < order.size() && MERIT.compare(order.get(i), order.get(i + 1)) == 0;
            rank = tiedBefore ? rank : i + 1;
            Candidate c = order.get(i).candidate;
            ranked.add(new Candidate(rank, tiedBefore || tiedAfter, c.sopInstanceUid(), c.name(), c.level(), c.reasons()));
        }
        return ranked;
    }
}

package org.hpqr.selection;

import java.util.List;

/**
 * A protocol, and how it came out.
 *
 * @param rank           1 for the best; the same for those that nothing tells apart; 0 if it is not applicable
 * @param tied           {@code true} if others have the same rank: the standard leaves it to the viewer which to take
 * @param sopInstanceUid SOP Instance UID (0008,0018); {@code null} if the protocol has none
 * @param name           Hanging Protocol Name (0072,0002); {@code null} if the protocol has none
 * @param level          Hanging Protocol Level (0072,0006); {@code null} if the protocol has none
 * @param reasons        of all steps that were taken, in their order
 */
public record Candidate(int rank, boolean tied, String sopInstanceUid, String name, String level, List<Reason> reasons) {

    public Candidate {
        reasons = List.copyOf(reasons);
    }
}

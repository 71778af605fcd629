package org.hpqr.selection;

import java.util.List;

/**
 * Which protocols apply to a study, and why the others do not.
 *
 * @param applicable    those that apply, best first
 * @param undecided     those of which it cannot be said, as something that their definition asks for is not known
 * @param notApplicable those that are made for other studies
 * @param notVisible    those of other users and groups. Who is not entitled to see them must not learn that they exist: a
 *                      server leaves this list out for anybody but an administrator
 */
public record Selection(List<Candidate> applicable, List<Candidate> undecided, List<Candidate> notApplicable,
                        List<Candidate> notVisible) {

    public Selection {
        applicable = List.copyOf(applicable);
        undecided = List.copyOf(undecided);
        notApplicable = List.copyOf(notApplicable);
        notVisible = List.copyOf(notVisible);
    }
}

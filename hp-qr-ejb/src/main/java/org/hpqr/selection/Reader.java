package org.hpqr.selection;

import java.util.Set;

/**
 * Who reads the study: decides which protocols are visible and whose go first.
 *
 * @param user   the code that identifies the user in Hanging Protocol User Identification Code Sequence (0072,000E);
 *               {@code null} if the user has none
 * @param groups the groups the user is a member of, as in Hanging Protocol User Group Name (0072,0010)
 */
public record Reader(Code user, Set<String> groups) {

    public Reader {
        groups = Set.copyOf(groups);
    }
}

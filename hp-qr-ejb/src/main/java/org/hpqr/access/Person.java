package org.hpqr.access;

import java.util.Set;

/**
 * Somebody whose identity is known: by login, or by User Identity Negotiation (PS3.7 D.3.3.7).
 *
 * @param code          the code value that protocols of this user have in User Identification Code Sequence (0072,000E)
 * @param scheme        its Coding Scheme Designator
 * @param groups        names of the groups that this user is a member of, as in User Group Name (0072,0010)
 * @param managedGroups names of the groups whose protocols this user may change
 * @param administrator may see and change everything
 */
public record Person(String code, String scheme, Set<String> groups, Set<String> managedGroups, boolean administrator) {

    public Person {
        groups = Set.copyOf(groups);
        managedGroups = Set.copyOf(managedGroups);
    }

    /** Says whether these protocols are this user's own. */
    boolean isOwnerOf(Ownership ownership) {
        return code.equals(ownership.userCode()) && scheme.equals(ownership.userScheme());
    }

    boolean isMemberOf(String group) {
        return groups.contains(group) || managedGroups.contains(group);
    }
}

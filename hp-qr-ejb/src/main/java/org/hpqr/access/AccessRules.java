package org.hpqr.access;

import java.util.Optional;

import org.hpqr.access.Ownership.Owner;

/** Decides who may do what with a protocol. Immutable; every service asks it, over DIMSE and over the web. */
public final class AccessRules {

    /** What becomes of the identity of who asks. */
    public enum Identity {
        /** It is not looked at: AE titles are trusted. */
        OFF,
        /** It decides where it is known; else AE titles are trusted. */
        PREFER,
        /** It decides; who has none may read what is everybody's. */
        REQUIRE
    }

    /** What somebody wants to do. */
    public enum Action {
        /** Find it, fetch it. */
        READ,
        /** Store it under a UID that is not stored yet. */
        CREATE,
        /** Replace, retire, restore or delete it. */
        CHANGE
    }

    private final Identity identity;

    public AccessRules(Identity identity) {
        this.identity = identity;
    }

    /**
     * Decides.
     *
     * @param person    who asks; empty if that is not known
     * @param ownership whose protocol it is. To replace a protocol, somebody must be allowed to change the stored one and to
     *                  create the new one
     */
    public boolean allows(Optional<Person> person, Ownership ownership, Action action) {
        if (identity == Identity.OFF || person.isEmpty() && identity == Identity.PREFER)
            return true;
        if (person.isEmpty())
            return action == Action.READ && ownership.owner() == Owner.SITE;
        Person known = person.get();
        if (known.administrator())
            return true;
        return switch (ownership.owner()) {
            case SITE, UNNAMED_USER -> action == Action.READ;
            case GROUP -> action == Action.READ ? known.isMemberOf(ownership.group())
                    : known.managedGroups().contains(ownership.group());
            case USER -> known.isOwnerOf(ownership);
        };
    }
}

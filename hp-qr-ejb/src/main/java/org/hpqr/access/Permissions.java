package org.hpqr.access;

import java.util.Optional;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.hpqr.selection.Ownership;
import org.hpqr.selection.Ownership.Owner;
import org.hpqr.selection.Reader;

/**
 * What one caller may do, by the table of docs/security.md:
 *
 * <pre>
 * protocol of level              may be found, fetched            may be stored, replaced, retired, restored, deleted
 * MANUFACTURER, SITE             by everybody                     by administrators
 * USER_GROUP                     by members, administrators       by group managers among the members, administrators
 * SINGLE_USER                    by that user, administrators     by that user, administrators
 * USER_GROUP without a name,
 * SINGLE_USER without a code,
 * another level or none          by everybody who is known        by administrators
 * </pre>
 *
 * Immutable.
 */
public final class Permissions {

    /** Everything. */
    public static final Permissions ALL = new Permissions(null, true);

    /** Of somebody whose identity is required and not known: to find and fetch what is everybody's. */
    static final Permissions UNKNOWN = new Permissions(null, false);

    private final Person person;
    private final boolean unlimited;

    private Permissions(Person person, boolean unlimited) {
        this.person = person;
        this.unlimited = unlimited;
    }

    static Permissions of(Person person) {
        return new Permissions(person, person.administrator());
    }

    /** The user in the terms of hanging protocols; empty if it is not known who it is. */
    public Optional<Reader> reader() {
        return Optional.ofNullable(person).map(Person::reader);
    }

    /** The groups whose protocols the user may change. */
    public Set<String> managedGroups() {
        return person != null && person.groupManager() ? person.reader().groups() : Set.of();
    }

    /** Everything is permitted, so that nobody has to look at a protocol to ask. */
    public boolean areUnlimited() {
        return unlimited;
    }

    /** May this protocol be found and fetched? If not, it does not exist for the caller. */
    public boolean allowReading(Attributes protocol) {
        if (unlimited)
            return true;
        Ownership ownership = Ownership.of(protocol);
        if (person == null)
            return ownership.owner() == Owner.SITE || ownership.owner() == Owner.MANUFACTURER;
        return ownership.isFor(person.reader());
    }

    /**
     * May this protocol be stored, replaced, retired, restored or deleted? To replace one by another, this has to be permitted
     * of both.
     */
    public boolean allowWriting(Attributes protocol) {
        if (unlimited)
            return true;
        if (person == null)
            return false;
        Ownership ownership = Ownership.of(protocol);
        return switch (ownership.owner()) {
            case USER -> ownership.isFor(person.reader());
            case GROUP -> managedGroups().contains(ownership.group());
            default -> false;
        };
    }
}

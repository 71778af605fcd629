package org.hpqr.query;

import java.util.List;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.hpqr.information.CharacterSets;
import org.hpqr.information.ModelAttribute;

/**
 * The keys of a request identifier, or of the item of one of its sequences.
 *
 * @param areUniversal all of them match anything; known before any object is matched
 */
record Keys(List<Key> keys, boolean areUniversal) {

    Keys(List<Key> keys) {
        this(keys, areUniversal(keys));
    }

    private static boolean areUniversal(List<Key> keys) {
        for (Key key : keys)
            if (!key.isUniversal())
                return false;
        return true;
    }

    /** Says whether one of the keys is for this attribute. */
    boolean has(ModelAttribute attribute) {
        for (Key key : keys)
            if (key.attribute() == attribute)
                return true;
        return false;
    }

    /** Says whether this data set or item satisfies all keys. */
    boolean match(Attributes stored) {
        if (areUniversal)
            return true;
        for (Key key : keys)
            if (!key.matches(stored))
                return false;
        return true;
    }

    /** The first key that this data set or item does not satisfy, by the tests of {@link #match}; empty if it matches. */
    Optional<Mismatch> mismatch(Attributes stored) {
        for (Key key : keys)
            if (!key.matches(stored))
                return Optional.of(key.mismatch(stored));
        return Optional.empty();
    }

    /** How many of the keys it satisfies. */
    long satisfied(Attributes stored) {
        return keys.stream().filter(key -> key.matches(stored)).count();
    }

    /** What a response says of this data set or item: the attributes asked for, nothing else (PS3.4 K.4.1.1.3.2). */
    Attributes select(Attributes stored) {
        Attributes response = new Attributes(stored.bigEndian(), keys.size() + 1);
        for (Key key : keys)
            key.respond(stored, response);
        CharacterSets.copyIfUsed(stored, response);
        return response;
    }
}

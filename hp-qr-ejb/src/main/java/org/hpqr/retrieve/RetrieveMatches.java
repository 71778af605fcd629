package org.hpqr.retrieve;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hpqr.database.StoredInstance;

/**
 * The objects that a retrieve is to send, in the order of the request: each is a sub-operation.
 *
 * @param instances which version of each; if one is replaced before it is sent, what took its place is sent
 */
public record RetrieveMatches(List<StoredInstance> instances) {

    /** The counts of sub-operations are 16-bit numbers. */
    public static final int MAX = 65_535;

    /** There are more matches than {@link #MAX}. */
    public static final class TooManyException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** What was found does not agree with what was asked for, so that it cannot be counted. */
    public static final class InconsistentException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Counts the matches.
     *
     * @param found those of the objects asked for that are stored
     */
    public static RetrieveMatches of(RetrieveIdentifier identifier, List<StoredInstance> found)
            throws TooManyException, InconsistentException {
        Set<String> asked = new HashSet<>(identifier.sopInstanceUids());
        for (StoredInstance instance : found)
            if (!asked.remove(instance.sopInstanceUid()))
                throw new InconsistentException();
        if (found.size() > MAX)
            throw new TooManyException();
        return new RetrieveMatches(List.copyOf(found));
    }

    /** How many there are. */
    public int count() {
        return instances.size();
    }

    /** Their SOP Instance UIDs. */
    public List<String> sopInstanceUids() {
        return instances.stream().map(StoredInstance::sopInstanceUid).toList();
    }

    /** The transfer syntaxes they are stored in. */
    public Set<String> transferSyntaxes() {
        Set<String> transferSyntaxes = new LinkedHashSet<>();
        instances.forEach(instance -> transferSyntaxes.add(instance.transferSyntax()));
        return transferSyntaxes;
    }
}

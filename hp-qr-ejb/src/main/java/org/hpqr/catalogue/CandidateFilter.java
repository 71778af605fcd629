package org.hpqr.catalogue;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.hpqr.information.ModelAttribute;

/**
 * By which values the candidates of a query are narrowed. Every object that matches the query passes; whether one that
 * passes matches, is for the matcher to say.
 *
 * @param sopInstanceUids the object has one of these; {@code null}: any
 * @param values          the object has a value that passes each of these
 * @param unknownPasses   an object without a value, too
 */
public record CandidateFilter(Set<String> sopInstanceUids, List<ValueFilter> values, boolean unknownPasses) {

    /** Leaves nothing out. */
    public static final CandidateFilter ALL = new CandidateFilter(null, List.of(), false);

    /** Says whether values of this attribute can be filtered by: not all are indexed. */
    public static boolean isIndexed(ModelAttribute attribute) {
        return IndexedAttributes.isIndexed(attribute);
    }

    /** Values of one attribute. */
    public sealed interface ValueFilter {

        /** The attribute: tags of the sequences it stands in, and its own. */
        List<Integer> path();

        /** This value. */
        record Equal(List<Integer> path, String value) implements ValueFilter {
        }

        /**
         * All values that begin so and pass a test.
         *
         * @param test its work is bounded: it is asked of each value that any object has
         */
        record Matching(List<Integer> path, String prefix, Predicate<String> test) implements ValueFilter {
        }
    }
}

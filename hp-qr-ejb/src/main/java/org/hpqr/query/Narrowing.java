package org.hpqr.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.dcm4che3.data.Tag;
import org.hpqr.catalogue.CandidateFilter;
import org.hpqr.catalogue.CandidateFilter.ValueFilter;
import org.hpqr.query.Key.SequenceKey;
import org.hpqr.query.Key.ValueKey;

/**
 * By which values of a request the candidates are narrowed. A key that makes no filter lets more objects pass, and each of
 * them is matched afterwards.
 */
final class Narrowing {

    /** A longer pattern is not tried on all values: its work grows with its length. */
    private static final int MAX_PATTERN = 64;

    private Narrowing() {
    }

    /** The filter for these keys. */
    static CandidateFilter of(Keys keys, boolean unknownMatches) {
        List<ValueFilter> values = new ArrayList<>();
        collect(keys, List.of(), values);
        return new CandidateFilter(sopInstanceUids(keys), List.copyOf(values), unknownMatches);
    }

    private static Set<String> sopInstanceUids(Keys keys) {
        for (Key key : keys.keys())
            if (key.attribute().tag() == Tag.SOPInstanceUID && key instanceof ValueKey value
                    && value.test() instanceof ValueTest.UidList list)
                return list.uids();
        return null;
    }

    private static void collect(Keys keys, List<Integer> in, List<ValueFilter> values) {
        for (Key key : keys.keys()) {
            if (key.isUniversal() || !CandidateFilter.isIndexed(key.attribute()))
                continue;
            List<Integer> path = new ArrayList<>(in);
            path.add(key.attribute().tag());
            if (key instanceof ValueKey value)
                add(List.copyOf(path), value.test(), values);
            else if (((SequenceKey) key).item() != null)
                collect(((SequenceKey) key).item(), path, values);
        }
    }

    private static void add(List<Integer> path, ValueTest test, List<ValueFilter> values) {
        if (test instanceof ValueTest.SingleNumber number)
            values.add(new ValueFilter.Equal(path, String.valueOf(number.value())));
        else if (test instanceof ValueTest.SingleValue single)
            values.add(new ValueFilter.Equal(path, single.value()));
        else if (test instanceof ValueTest.Pattern pattern)
            values.add(new ValueFilter.Matching(path, WildCard.prefix(pattern.text()), test(pattern)));
    }

    private static Predicate<String> test(ValueTest.Pattern pattern) {
        return pattern.text().length() > MAX_PATTERN ? value -> true : pattern.pattern()::matches;
    }
}

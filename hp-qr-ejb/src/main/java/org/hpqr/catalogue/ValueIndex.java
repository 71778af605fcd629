package org.hpqr.catalogue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hpqr.catalogue.CandidateFilter.ValueFilter;

/** Tells which entries have a value. Not synchronized. */
final class ValueIndex {

    /** Of each attribute that is indexed, the entries with a value. */
    private final Map<List<Integer>, Values> attributes = new HashMap<>();
    /** Entries that are not indexed, as they have too many values. */
    private final Posting notIndexed = new Posting();

    /** The values of one attribute. */
    private static final class Values {
        private final TreeMap<String, Posting> known = new TreeMap<>();
        private final Posting unknown = new Posting();
    }

    void add(CatalogueEntry entry, List<Term> terms) {
        if (terms == null) {
            // what is damaged cannot be said to match anything
            if (!entry.isDamaged())
                notIndexed.add(entry);
            return;
        }
        for (Term term : terms) {
            Values values = attributes.computeIfAbsent(term.path(), path -> new Values());
            (term.value() == null ? values.unknown : values.known.computeIfAbsent(term.value(), value -> new Posting())).add(entry);
        }
    }

    void remove(CatalogueEntry entry, List<Term> terms) {
        if (terms == null) {
            notIndexed.remove(entry);
            return;
        }
        for (Term term : terms) {
            Values values = attributes.get(term.path());
            if (values == null)
                continue;
            if (term.value() == null) {
                values.unknown.remove(entry);
                continue;
            }
            Posting posting = values.known.get(term.value());
            if (posting == null)
                continue;
            posting.remove(entry);
            if (posting.size() == 0)
                values.known.remove(term.value());
        }
    }

    /** The entries that pass all these filters, in no order. The filter that leaves least is asked first. */
    Set<CatalogueEntry> find(List<ValueFilter> filters, boolean unknownPasses) {
        List<List<Posting>> postings = filters.stream().map(filter -> postings(filter, unknownPasses)).toList();
        List<Posting> fewest = postings.get(0);
        for (List<Posting> some : postings)
            if (count(some) < count(fewest))
                fewest = some;
        Set<CatalogueEntry> found = new LinkedHashSet<>();
        for (Posting posting : fewest)
            for (int i = 0; i < posting.size(); i++)
                if (passes(posting.get(i), postings, fewest))
                    found.add(posting.get(i));
        for (int i = 0; i < notIndexed.size(); i++)
            found.add(notIndexed.get(i));
        return found;
    }

    private static boolean passes(CatalogueEntry entry, List<List<Posting>> filters, List<Posting> passed) {
        for (List<Posting> filter : filters) {
            if (filter == passed)
                continue;
            boolean any = false;
            for (int i = 0; i < filter.size() && !any; i++)
                any = filter.get(i).contains(entry);
            if (!any)
                return false;
        }
        return true;
    }

    private static long count(List<Posting> postings) {
        long count = 0;
        for (Posting posting : postings)
            count += posting.size();
        return count;
    }

    private List<Posting> postings(ValueFilter filter, boolean unknownPasses) {
        Values values = attributes.get(filter.path());
        if (values == null)
            return List.of();
        List<Posting> postings = new ArrayList<>();
        if (filter instanceof ValueFilter.Equal equal) {
            Posting posting = values.known.get(equal.value());
            if (posting != null)
                postings.add(posting);
        } else if (filter instanceof ValueFilter.Matching matching) {
            for (Map.Entry<String, Posting> value : values.known.tailMap(matching.prefix(), true).entrySet()) {
                if (!value.getKey().startsWith(matching.prefix()))
                    break;
                if (matching.test().test(value.getKey()))
                    postings.add(value.getValue());
            }
        }
        if (unknownPasses)
            postings.add(values.unknown);
        return postings;
    }
}

package org.hpqr.web.rs;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.query.FindIdentifier;
import org.hpqr.service.RequestMemory;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.Settings;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;
import org.hpqr.web.search.SearchRequest;
import org.hpqr.web.search.SortOrder;

/**
 * A page of results in an order that the client asks for. Of all results only the value that they are sorted by is kept, and
 * those of the page are searched again, so that a page of 100,000 results needs little memory.
 */
@Dependent
class SortedPage {

    /** What an entry takes of the heap, at most, but for its text. */
    private static final int ENTRY = 200;

    @Inject
    private WebOperations operations;

    @Inject
    private Settings settings;

    @Inject
    private RequestMemory memory;

    /** What is known of a result before its page is searched. */
    private record Entry(SortOrder.SortKey key, String uid) {
    }

    /** All results. */
    private record Found(List<Entry> entries, boolean isIncomplete) {
    }

    /**
     * The page.
     *
     * @param results      in their order
     * @param left         how many come after them
     * @param isIncomplete an object that may match cannot be read and was left out
     */
    record Page(List<Attributes> results, long left, boolean isIncomplete) {
    }

    /**
     * Searches it.
     *
     * @param limit most results
     * @throws HpFailure as a search; A700: there is no memory for so many results
     */
    Page find(ServiceRequest request, SearchRequest search, boolean retired, int limit) throws HpFailure {
        RequestMemory.Share share = memory.share();
        try {
            Found found = found(request, search.order(), keys(search, request), retired, share);
            List<Entry> entries = found.entries();
            int from = (int) Math.min(search.offset(), entries.size());
            List<String> uids = entries.subList(from, Math.min(entries.size(), from + limit)).stream().map(Entry::uid).toList();
            return new Page(results(request, search, retired, uids), entries.size() - from - uids.size(), found.isIncomplete());
        } finally {
            share.giveBack();
        }
    }

    /** The keys of the search, and to be returned only what the results are sorted by. */
    private FindIdentifier keys(SearchRequest search, ServiceRequest request) throws HpFailure {
        Attributes keys = new Attributes(search.identifier());
        for (int tag : keys.tags())
            if (tag != Tag.SOPInstanceUID && tag != Tag.SpecificCharacterSet && tag != search.order().tag()
                    && !asks(keys, tag))
                keys.remove(tag);
        if (!keys.contains(Tag.SOPInstanceUID))
            keys.setNull(Tag.SOPInstanceUID, VR.UI);
        return FindIdentifier.of(keys, settings.get(HpSettings.UNKNOWN_VALUES, request.calledAET()), Integer.MAX_VALUE, search.emptyValues());
    }

    /** Not every object has what is asked of this attribute. */
    private static boolean asks(Attributes keys, int tag) {
        if (!(keys.getValue(tag) instanceof Sequence items))
            return keys.containsValue(tag);
        return items.stream().anyMatch(item -> IntStream.of(item.tags()).anyMatch(nested -> asks(item, nested)));
    }

    private Found found(ServiceRequest request, SortOrder order, FindIdentifier identifier, boolean retired,
                        RequestMemory.Share share) throws HpFailure {
        boolean isIncomplete;
        List<Entry> entries = new ArrayList<>();
        Map<SortOrder.SortKey, SortOrder.SortKey> known = new HashMap<>();
        try (WebOperations.Search<Attributes> find = operations.find(identifier, request, retired)) {
            for (Attributes match = find.next(); match != null; match = find.next()) {
                SortOrder.SortKey key = order.key(match);
                boolean isNew = key != null && known.putIfAbsent(key, key) == null;
                if (!share.take(ENTRY + (isNew ? 2 * key.text().length() : 0)))
                    throw new HpFailure(HpStatus.OUT_OF_RESOURCES, "Too many results to sort");
                entries.add(new Entry(known.get(key), match.getString(Tag.SOPInstanceUID)));
            }
            isIncomplete = find.isIncomplete();
        }
        entries.sort(Comparator.comparing(Entry::key, order.comparator()));
        return new Found(entries, isIncomplete);
    }

    private List<Attributes> results(ServiceRequest request, SearchRequest search, boolean retired, List<String> uids) throws HpFailure {
        if (uids.isEmpty())
            return List.of();
        Attributes identifier = new Attributes(search.identifier());
        identifier.setString(Tag.SOPInstanceUID, VR.UI, uids.toArray(String[]::new));
        Map<String, Attributes> results = new HashMap<>();
        FindIdentifier named = FindIdentifier.of(identifier, settings.get(HpSettings.UNKNOWN_VALUES, request.calledAET()),
                Integer.MAX_VALUE, search.emptyValues()).withDefaultReturnKeys();
        try (WebOperations.Search<Attributes> find = operations.find(named, request, retired)) {
            for (Attributes match = find.next(); match != null; match = find.next())
                results.put(match.getString(Tag.SOPInstanceUID), match);
        }
        // one that was retired meanwhile is missing
        return uids.stream().map(results::get).filter(Objects::nonNull).toList();
    }
}

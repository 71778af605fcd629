package org.hpqr.store.iod;

import java.util.List;
import java.util.function.BiConsumer;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;

/** Walks down sequences and names the places it comes to. */
final class Items {

    private Items() {
    }

    /**
     * Hands over every item at the end of {@code sequences}, with its place.
     *
     * @param place where {@code item} is itself; {@code ""} for a data set
     */
    static void each(Attributes item, String place, List<Integer> sequences, BiConsumer<String, Attributes> to) {
        if (sequences.isEmpty()) {
            to.accept(place, item);
            return;
        }
        int tag = sequences.get(0);
        Sequence items = item.getSequence(tag);
        for (int i = 0; items != null && i < items.size(); i++)
            each(items.get(i), String.format("%s%s%08X[%d]", place, place.isEmpty() ? "" : ".", tag, i + 1),
                    sequences.subList(1, sequences.size()), to);
    }
}

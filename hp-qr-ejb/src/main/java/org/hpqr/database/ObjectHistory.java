package org.hpqr.database;

import java.util.List;
import java.util.Optional;

/**
 * The life of an object, as far as it is kept.
 *
 * @param state   what the object is now
 * @param current number of the content that is stored, or retired
 * @param digest  content digest of it
 * @param entries the last event first
 */
public record ObjectHistory(ObjectState state, long current, String digest, List<HistoryEntry> entries) {

    /** The content with this number; empty if there is none, or it is not kept any more. */
    public Optional<ContentVersion> content(long number) {
        return entries.stream().filter(entry -> entry.number() == number && entry.content() != null).map(HistoryEntry::content)
                .findFirst();
    }
}

package org.hpqr.database;

import java.time.LocalDateTime;

/**
 * One event in the life of an object.
 *
 * @param number  what the version of the object became by it
 * @param event   what happened
 * @param time    when, UTC
 * @param by      who did it
 * @param content what came by it; {@code null} if no content did, or it is not kept any more
 */
public record HistoryEntry(long number, HistoryEvent event, LocalDateTime time, ChangedBy by, ContentVersion content) {
}

package org.hpqr.web.rs;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.hpqr.database.ChangedBy;
import org.hpqr.database.ContentVersion;
import org.hpqr.database.HistoryEntry;
import org.hpqr.database.ObjectHistory;
import org.hpqr.service.Ancestry;
import org.hpqr.service.Ancestry.Relative;
import org.hpqr.status.HpFailure;
import org.hpqr.web.media.ResponseType;

/** Writes the history of a protocol: what it was made from, what was made from it, and what became of it. */
@Dependent
class HistoryTransaction {

    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT);

    @Inject
    private WebOperations operations;

    /** @param current number of the content that is stored, or retired */
    private record Answer(String sopInstanceUid, String state, long current, List<Relative> sources, List<Relative> copies,
                          List<Event> events) {
    }

    /**
     * One event.
     *
     * @param content whether the content that came by it is kept; its digest and size are {@code null} otherwise
     */
    private record Event(long number, String event, String time, String aeTitle, String user, String address, boolean content,
                         String digest, Long size) {

        static Event of(HistoryEntry entry) {
            ChangedBy by = entry.by();
            ContentVersion content = entry.content();
            return new Event(entry.number(), text(entry.event()), UTC.format(entry.time()), by.aeTitle(), by.user(), by.address(),
                    content != null, content == null ? null : content.contentDigest(), content == null ? null : content.size());
        }
    }

    Response run(ServiceRequest request, String uid) throws WebFailure, HpFailure {
        ResponseType type = request.negotiate(SupportedTypes.HISTORY);
        ObjectHistory history = operations.history(uid, request);
        Ancestry ancestry = operations.ancestry(uid, request);
        Answer answer = new Answer(uid, text(history.state()), history.current(), ancestry.sources(), ancestry.copies(),
                history.entries().stream().map(Event::of).toList());
        return Response.ok(RecordJson.text(answer), type.mediaType()).build();
    }

    private static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}

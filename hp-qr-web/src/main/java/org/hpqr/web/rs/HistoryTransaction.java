package org.hpqr.web.rs;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.ws.rs.core.Response;
import java.io.StringWriter;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.hpqr.database.ChangedBy;
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
    private static final JsonProvider JSON = JsonProvider.provider();

    @Inject
    private WebOperations operations;

    Response run(ServiceRequest request, String uid) throws WebFailure, HpFailure {
        ResponseType type = request.negotiate(SupportedTypes.HISTORY);
        ObjectHistory history = operations.history(uid, request);
        return Response.ok(json(uid, history, operations.ancestry(uid, request)), type.mediaType()).build();
    }

    private static String json(String uid, ObjectHistory history, Ancestry ancestry) {
        StringWriter json = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(json)) {
            out.writeStartObject().write("sopInstanceUid", uid).write("state", text(history.state())).write("current", history.current());
            writeRelatives(out, "sources", ancestry.sources());
            writeRelatives(out, "copies", ancestry.copies());
            out.writeStartArray("events");
            history.entries().forEach(entry -> write(out, entry));
            out.writeEnd().writeEnd();
        }
        return json.toString();
    }

    private static void writeRelatives(JsonGenerator out, String name, List<Relative> relatives) {
        out.writeStartArray(name);
        for (Relative relative : relatives) {
            out.writeStartObject().write("sopInstanceUid", relative.sopInstanceUid());
            writeIfKnown(out, "name", relative.name());
            out.writeEnd();
        }
        out.writeEnd();
    }

    private static void write(JsonGenerator out, HistoryEntry entry) {
        out.writeStartObject().write("number", entry.number()).write("event", text(entry.event())).write("time", UTC.format(entry.time()));
        ChangedBy by = entry.by();
        writeIfKnown(out, "aeTitle", by.aeTitle());
        writeIfKnown(out, "user", by.user());
        writeIfKnown(out, "address", by.address());
        out.write("content", entry.content() != null);
        if (entry.content() != null)
            out.write("digest", entry.content().contentDigest()).write("size", entry.content().size());
        out.writeEnd();
    }

    private static void writeIfKnown(JsonGenerator out, String name, String value) {
        if (value != null)
            out.write(name, value);
    }

    private static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}

package org.hpqr.web.rs;

import jakarta.json.stream.JsonGenerator;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import org.hpqr.query.FindIdentifier;
import org.hpqr.query.Mismatch;
import org.hpqr.service.Explain.Explanation;
import org.hpqr.status.HpFailure;

/** Writes explanations as JSON (docs/selection.md), one by one. */
final class ExplainOutput implements StreamingOutput {

    private final FindIdentifier identifier;
    private final Explanation first;
    private final WebOperations.Search<Explanation> explanations;
    private final int limit;

    /**
     * @param first the first of them; {@code null} if there is none
     * @param limit most that are written
     */
    ExplainOutput(FindIdentifier identifier, Explanation first, WebOperations.Search<Explanation> explanations, int limit) {
        this.identifier = identifier;
        this.first = first;
        this.explanations = explanations;
        this.limit = limit;
    }

    @Override
    public void write(OutputStream out) throws IOException {
        try (explanations) {
            new JsonOutput(this::write).write(out);
        }
    }

    private void write(JsonGenerator json) throws IOException {
        try {
            json.writeStartObject().write("unsupportedKeys", identifier.hasUnsupportedKeys()).writeStartArray("protocols");
            int count = 0;
            int matches = 0;
            Explanation next = first;
            for (; next != null && count < limit; next = explanations.next()) {
                write(json, next);
                count++;
                matches += next.matches() ? 1 : 0;
            }
            json.writeEnd().write("count", count).write("matches", matches)
                    .write("complete", next == null && !explanations.isIncomplete()).writeEnd();
        } catch (HpFailure e) {
            throw new IOException(e.comment(), e);
        }
    }

    private static void write(JsonGenerator json, Explanation explanation) {
        json.writeStartObject().write("sopInstanceUid", explanation.sopInstanceUid());
        RecordJson.write(json, "name", explanation.name());
        RecordJson.write(json, "level", explanation.level());
        json.write("matches", explanation.matches()).write("sentence", explanation.sentence());
        Mismatch mismatch = explanation.mismatch();
        if (mismatch != null) {
            json.writeStartObject("mismatch");
            RecordJson.write(json, "key", mismatch.key());
            RecordJson.write(json, "wanted", mismatch.wanted());
            RecordJson.write(json, "found", mismatch.found());
            json.write("rule", mismatch.rule().name()).write("clause", mismatch.rule().clause()).writeEnd();
        }
        json.writeEnd();
    }
}

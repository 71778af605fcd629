package org.hpqr.web.rs;

import jakarta.json.stream.JsonGenerator;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.hpqr.dataset.StoredObject;
import org.hpqr.ohif.OhifProtocols;
import org.hpqr.ohif.ToOhif;
import org.hpqr.status.HpStatus;

/**
 * Writes an array with an object for each match: {@code sopInstanceUID}, the {@code protocols} of the viewer OHIF that it became,
 * and {@code diagnostics} of what OHIF cannot do of it; one that cannot be read has neither, and {@code failureReason}.
 */
final class OhifOutput implements StreamingOutput {

    private final DatasetsOutput.Source matches;
    private final MatchedObjects objects;

    OhifOutput(DatasetsOutput.Source matches, WebOperations operations, ServiceRequest request) {
        this.matches = matches;
        objects = new MatchedObjects(operations, request);
    }

    /** One object. */
    static StreamingOutput of(String uid, StoredObject object) throws IOException {
        OhifProtocols converted = ToOhif.convert(object.decoded());
        return new JsonOutput(json -> {
            json.writeStartArray();
            write(uid, converted, json);
            json.writeEnd();
        });
    }

    @Override
    public void write(OutputStream out) throws IOException {
        try (matches) {
            new JsonOutput(this::writeMatches).write(out);
        }
    }

    private void writeMatches(JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (Attributes match = matches.next(); match != null; match = matches.next())
            write(match.getString(Tag.SOPInstanceUID), json);
        json.writeEnd();
    }

    private void write(String uid, JsonGenerator json) throws IOException {
        try {
            objects.read(uid, object -> ToOhif.convert(object.decoded())).ifPresent(converted -> write(uid, converted, json));
        } catch (MatchedObjects.UnreadableException e) {
            writeUnreadable(uid, json);
        }
    }

    /** Whoever reads the protocols of all objects finds none here. */
    private static void writeUnreadable(String uid, JsonGenerator json) {
        json.writeStartObject().write("sopInstanceUID", uid).writeStartArray("protocols").writeEnd().writeStartArray("diagnostics").writeEnd()
                .write("failureReason", String.format("%04X", HpStatus.GET_FAILED.code())).writeEnd();
    }

    private static void write(String uid, OhifProtocols converted, JsonGenerator json) {
        json.writeStartObject().write("sopInstanceUID", uid).writeStartArray("protocols");
        converted.protocols().forEach(json::write);
        json.writeEnd();
        RecordJson.write(json, "diagnostics", converted.diagnostics());
        json.writeEnd();
    }
}

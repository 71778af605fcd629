package org.hpqr.web.rs;

import jakarta.json.stream.JsonGenerator;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.hpqr.database.StoredInstance;
import org.hpqr.dataset.StoredObject;
import org.hpqr.ohif.OhifProtocols;
import org.hpqr.ohif.ToOhif;
import org.hpqr.status.HpFailure;

/**
 * Writes an array with an object for each match: {@code sopInstanceUID}, the {@code protocols} of the viewer OHIF that it became,
 * and {@code diagnostics} of what OHIF cannot do of it.
 */
final class OhifOutput implements StreamingOutput {

    private final DatasetsOutput.Source matches;
    private final WebOperations operations;
    private final ServiceRequest request;

    OhifOutput(DatasetsOutput.Source matches, WebOperations operations, ServiceRequest request) {
        this.matches = matches;
        this.operations = operations;
        this.request = request;
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
            Optional<StoredInstance> instance = operations.locate(uid, request);
            // removed since it was found
            if (instance.isPresent())
                write(uid, ToOhif.convert(operations.read(instance.get(), request).decoded()), json);
        } catch (HpFailure e) {
            throw new IOException(e.comment(), e);
        }
    }

    private static void write(String uid, OhifProtocols converted, JsonGenerator json) {
        json.writeStartObject().write("sopInstanceUID", uid).writeStartArray("protocols");
        converted.protocols().forEach(json::write);
        json.writeEnd();
        RecordJson.write(json, "diagnostics", converted.diagnostics());
        json.writeEnd();
    }
}

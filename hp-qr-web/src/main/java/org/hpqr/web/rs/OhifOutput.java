package org.hpqr.web.rs;

import jakarta.json.JsonException;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.hpqr.database.StoredInstance;
import org.hpqr.dataset.StoredObject;
import org.hpqr.ohif.Diagnostic;
import org.hpqr.ohif.OhifProtocols;
import org.hpqr.ohif.ToOhif;
import org.hpqr.status.HpFailure;

/**
 * Writes an array with an object for each match: {@code sopInstanceUID}, the {@code protocols} of the viewer OHIF that it became,
 * and {@code diagnostics} of what OHIF cannot do of it.
 */
final class OhifOutput implements StreamingOutput {

    private static final JsonGeneratorFactory GENERATORS = JsonProvider.provider().createGeneratorFactory(Map.of());

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
        return out -> {
            try {
                JsonGenerator json = begin(out);
                write(uid, converted, json);
                json.writeEnd().close();
            } catch (JsonException e) {
                throw new IOException("the response was not sent", e);
            }
        };
    }

    @Override
    public void write(OutputStream out) throws IOException {
        try (matches) {
            JsonGenerator json = begin(out);
            for (Attributes match = matches.next(); match != null; match = matches.next())
                write(match.getString(Tag.SOPInstanceUID), json);
            // not if something was thrown: an array that ends is one that is complete
            json.writeEnd().close();
        } catch (JsonException e) {
            throw new IOException("the response was not sent", e);
        }
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

    private static JsonGenerator begin(OutputStream out) {
        return GENERATORS.createGenerator(new OutputStreamWriter(out, StandardCharsets.UTF_8)).writeStartArray();
    }

    private static void write(String uid, OhifProtocols converted, JsonGenerator json) {
        json.writeStartObject().write("sopInstanceUID", uid).writeStartArray("protocols");
        converted.protocols().forEach(json::write);
        json.writeEnd();
        writeDiagnostics(converted.diagnostics(), json);
        json.writeEnd();
    }

    static void writeDiagnostics(List<Diagnostic> diagnostics, JsonGenerator json) {
        json.writeStartArray("diagnostics");
        for (Diagnostic diagnostic : diagnostics)
            json.writeStartObject().write("path", diagnostic.path()).write("code", diagnostic.code())
                    .write("message", diagnostic.message()).writeEnd();
        json.writeEnd();
    }
}

package org.hpqr.web.rs;

import jakarta.json.JsonException;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A JSON text that is written while it is sent. It does not end if something was thrown: one that ends is complete.
 *
 * @param content writes it
 */
record JsonOutput(Content content) implements StreamingOutput {

    private static final JsonProvider JSON = JsonProvider.provider();

    /** Writes a value. */
    interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    @Override
    public void write(OutputStream out) throws IOException {
        try {
            JsonGenerator json = JSON.createGenerator(new BufferedOutputStream(out));
            content.write(json);
            json.close();
        } catch (JsonException e) {
            throw new IOException("the response was not sent", e);
        }
    }
}

package org.hpqr.web.media;

import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParserFactory;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.dcm4che3.data.Attributes;
import org.hpqr.ohif.Diagnostic;
import org.hpqr.ohif.DicomProtocol;
import org.hpqr.ohif.FromOhif;
import org.hpqr.ohif.InvalidOhifProtocolException;

/** Reads protocols of the viewer OHIF one by one, an array of them or a single one, and makes DICOM data sets of them. */
public final class OhifReader implements DatasetReader {

    private static final JsonParserFactory PARSERS = JsonProvider.provider().createParserFactory(Map.of());

    private final InputStream in;
    private JsonParser json;
    private boolean inArray;
    private boolean ended;
    private List<Diagnostic> diagnostics = List.of();

    /** @param in the text; its size is bounded by the caller */
    public OhifReader(InputStream in) {
        this.in = in;
    }

    /** What DICOM cannot say of the last one. */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    @Override
    public Attributes next() throws IOException {
        diagnostics = List.of();
        try {
            return JsonText.parse(() -> ended ? null : read());
        } catch (InvalidOhifProtocolException e) {
            throw new MalformedContentException(e.getMessage(), e);
        }
    }

    private Attributes read() throws IOException, InvalidOhifProtocolException {
        boolean first = json == null;
        if (first)
            json = PARSERS.createParser(Utf8.reader(in));
        Event event = json.next();
        if (first && event == Event.START_ARRAY) {
            inArray = true;
            event = json.next();
        }
        if (inArray && event == Event.END_ARRAY) {
            end();
            return null;
        }
        if (event != Event.START_OBJECT)
            throw new MalformedContentException("The content is neither a protocol nor an array of protocols");
        DicomProtocol protocol = FromOhif.convert(json.getObject(), Instant.now());
        if (!inArray)
            end();
        diagnostics = protocol.diagnostics();
        return protocol.dataset();
    }

    private void end() throws MalformedContentException {
        ended = true;
        if (json.hasNext())
            throw new MalformedContentException("There is something after the end of the JSON text");
    }
}

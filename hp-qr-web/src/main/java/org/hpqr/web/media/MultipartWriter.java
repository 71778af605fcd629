package org.hpqr.web.media;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/** Writes a multipart body (RFC 2387), part by part. */
public final class MultipartWriter {

    private final String boundary = UUID.randomUUID().toString();
    private final String partType;

    /** @param partType media type of all parts */
    public MultipartWriter(String partType) {
        this.partType = partType;
    }

    /** Value of the Content-Type field of the message. */
    public String contentType() {
        return "multipart/related; type=\"" + partType + "\"; boundary=" + boundary;
    }

    /**
     * Begins a part.
     *
     * @param parameters of the media type of the part, with the semicolon before each; may be empty
     * @param headers    of the part, beside Content-Type
     */
    public void beginPart(OutputStream out, String parameters, Map<String, String> headers) throws IOException {
        StringBuilder text = new StringBuilder("\r\n--").append(boundary).append("\r\nContent-Type: ").append(partType)
                .append(parameters);
        headers.forEach((name, value) -> text.append("\r\n").append(name).append(": ").append(value));
        out.write(text.append("\r\n\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    }

    /** Ends the body. */
    public void end(OutputStream out) throws IOException {
        out.write(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}

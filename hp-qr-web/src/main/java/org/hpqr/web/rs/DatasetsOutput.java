package org.hpqr.web.rs;

import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.dcm4che3.data.Attributes;
import org.hpqr.web.media.DicomJsonWriter;
import org.hpqr.web.media.MultipartWriter;
import org.hpqr.web.media.NativeDicomWriter;
import org.hpqr.web.media.ResponseType;

/** Writes data sets as JSON or XML, one by one, as long as there are more of them. */
final class DatasetsOutput implements StreamingOutput {

    private static final int BUFFER = 16_384;

    private final ResponseType type;
    private final Source source;
    private final MultipartWriter multipart;

    /** Where the data sets come from. */
    interface Source extends AutoCloseable {

        /** The next one; {@code null} at the end. */
        Attributes next() throws IOException;

        @Override
        void close();
    }

    /** @param type {@link ResponseType#JSON} or {@link ResponseType#MULTIPART_XML} */
    DatasetsOutput(ResponseType type, Source source) {
        this.type = type;
        this.source = source;
        multipart = type == ResponseType.MULTIPART_XML ? new MultipartWriter(type.partType()) : null;
    }

    /** A single data set. */
    static DatasetsOutput of(ResponseType type, Attributes dataset) {
        return new DatasetsOutput(type, new Source() {

            private Attributes rest = dataset;

            @Override
            public Attributes next() {
                Attributes next = rest;
                rest = null;
                return next;
            }

            @Override
            public void close() {
                // nothing is open
            }
        });
    }

    /** Value of the Content-Type field. */
    String contentType() {
        return multipart == null ? type.mediaType() : multipart.contentType();
    }

    @Override
    public void write(OutputStream out) throws IOException {
        UnflushedOutput unflushed = new UnflushedOutput(out);
        try (source) {
            if (multipart == null) {
                writeJson(unflushed);
            } else {
                BufferedOutputStream buffered = new BufferedOutputStream(unflushed, BUFFER);
                writeXml(buffered);
                buffered.flush();
            }
        }
    }

    /**
     * Leaves it to the server when to send: what fits into its buffer goes out with its length, in one piece, as soon as the
     * request is over.
     */
    private static final class UnflushedOutput extends FilterOutputStream {

        private UnflushedOutput(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void flush() {
            // see above
        }

        @Override
        public void close() {
            // is for the server to do
        }
    }

    private void writeJson(OutputStream out) throws IOException {
        DicomJsonWriter json = new DicomJsonWriter(out);
        for (Attributes dataset = source.next(); dataset != null; dataset = source.next())
            json.write(dataset);
        // not if something was thrown: an array that ends is one that is complete
        json.close();
    }

    private void writeXml(OutputStream out) throws IOException {
        try {
            for (Attributes dataset = source.next(); dataset != null; dataset = source.next()) {
                multipart.beginPart(out, "", Map.of());
                NativeDicomWriter.write(dataset, out);
            }
            multipart.end(out);
        } catch (XMLStreamException e) {
            throw new IOException("the response was not sent", e);
        }
    }
}

package org.hpqr.web.rs;

import jakarta.ws.rs.core.HttpHeaders;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.hpqr.dataset.DecodingLimits;
import org.hpqr.service.RequestMemory;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.Settings;
import org.hpqr.web.media.DatasetReader;
import org.hpqr.web.media.DicomJsonReader;
import org.hpqr.web.media.MalformedContentException;
import org.hpqr.web.media.MediaType;
import org.hpqr.web.media.NativeDicomReader;

/** The data sets in the body of a request that are no instances to be stored: the keys of a query, the metadata of a study. */
final class SentDatasets {

    private static final String JSON = "application/dicom+json";
    private static final String XML = "application/dicom+xml";

    /** What the keys of a query can be sent as. */
    static final List<String> KEY_TYPES = List.of(JSON, XML);
    static final List<String> METADATA_TYPES = List.of(JSON);
    /** Most data sets of metadata: images of a study and its priors. */
    private static final int MAX_METADATA = 20_000;
    /** How many times the items of one data set all of the metadata may have. */
    private static final int ITEMS_OF_METADATA = 10;

    private SentDatasets() {
    }

    /** All of them together are larger than the server has memory for at the moment. */
    private static final class NoMemoryException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Takes memory for what is read. */
    private static final class Counted extends FilterInputStream {

        private final RequestMemory.Share memory;

        private Counted(InputStream in, RequestMemory.Share memory) {
            super(in);
            this.memory = memory;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            if (read > 0 && !memory.take(read))
                throw new NoMemoryException();
            return read;
        }
    }

    /**
     * Reads the keys of a query: one data set, as JSON or XML.
     *
     * @param memory for the body, until the data set is not needed any more
     * @throws WebFailure 415: the media type is not accepted; 400: the body is malformed, or not one data set; 413, 408, 503: it is
     *                    too large, comes too slowly, or there is no memory for it
     */
    static Attributes keys(ServiceRequest request, Settings settings, RequestMemory.Share memory) throws WebFailure {
        DecodingLimits limits = DecodingLimits.of(settings, request.calledAET());
        List<Attributes> datasets = read(request, KEY_TYPES, settings.get(HpSettings.MAX_IDENTIFIER_SIZE, request.calledAET()), 1, settings,
                memory, (type, body) -> type.equals(JSON) ? new DicomJsonReader(body, limits) : new NativeDicomReader(body, limits));
        if (datasets.size() != 1)
            throw new WebFailure(WebFailure.BAD_REQUEST, "The keys are not one data set");
        return datasets.get(0);
    }

    /**
     * Reads metadata: data sets of instances, as JSON. Parameters and errors are those of {@link #keys}, but that there may be any number
     * of data sets up to a limit.
     */
    static List<Attributes> metadata(ServiceRequest request, Settings settings, RequestMemory.Share memory) throws WebFailure {
        DecodingLimits each = DecodingLimits.of(settings, request.calledAET());
        DecodingLimits limits = new DecodingLimits(each.depth(), Math.min(HpSettings.LARGEST_ITEMS, each.items() * ITEMS_OF_METADATA));
        return read(request, METADATA_TYPES, settings.get(HpSettings.MAX_REQUEST_SIZE, request.calledAET()), MAX_METADATA, settings, memory,
                (type, body) -> DicomJsonReader.ofMetadata(body, limits));
    }

    /** Begins to read a body. */
    private interface Opening {
        DatasetReader open(String type, InputStream body);
    }

    private static List<Attributes> read(ServiceRequest request, List<String> types, int maxSize, int maxDatasets, Settings settings,
                                         RequestMemory.Share memory, Opening opening) throws WebFailure {
        String type = MediaType.parse(request.http().getHeader(HttpHeaders.CONTENT_TYPE)).map(MediaType::name).filter(types::contains)
                .orElseThrow(() -> new WebFailure(WebFailure.UNSUPPORTED_MEDIA_TYPE, "Content-Type must be " + String.join(" or ", types)));
        if (request.http().getContentLengthLong() > maxSize)
            throw new WebFailure(WebFailure.CONTENT_TOO_LARGE, "The request is too large");
        try {
            InputStream body = new Counted(new RequestBody(request.http().getInputStream(), maxSize,
                    settings.get(HpSettings.RECEIVE_TIMEOUT, request.calledAET())), memory);
            DatasetReader reader = opening.open(type, body);
            List<Attributes> datasets = new ArrayList<>();
            for (Attributes dataset = reader.next(); dataset != null; dataset = reader.next()) {
                if (datasets.size() == maxDatasets)
                    throw new WebFailure(WebFailure.BAD_REQUEST, "The request has more data sets than the maximum of " + maxDatasets + " that are accepted");
                datasets.add(dataset);
            }
            return datasets;
        } catch (NoMemoryException e) {
            throw new WebFailure(WebFailure.UNAVAILABLE, "No memory is free for the request");
        } catch (MalformedContentException e) {
            throw new WebFailure(WebFailure.BAD_REQUEST, e.getMessage());
        } catch (IOException e) {
            throw RequestBody.failure(e);
        }
    }
}

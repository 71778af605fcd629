package org.hpqr.web.media;

import java.io.IOException;
import org.dcm4che3.data.Attributes;

/** Reads data sets out of a text format, one by one. */
public interface DatasetReader {

    /**
     * The next data set; {@code null} at the end.
     *
     * @throws MalformedContentException the content is not what its media type says; nothing more can be read
     * @throws IOException               reading failed
     */
    Attributes next() throws IOException;
}

package org.hpqr.web.rs;

import java.util.List;
import org.hpqr.web.media.ResponseType;

/** The media types that the responses of each transaction can have, the default first (PS3.18 12.1.3). */
final class SupportedTypes {

    static final List<ResponseType> CAPABILITIES = List.of(ResponseType.WADL, ResponseType.PLAIN_JSON);
    static final List<ResponseType> SEARCH = List.of(ResponseType.JSON, ResponseType.MULTIPART_XML, ResponseType.ZIP,
            ResponseType.OHIF);
    /** They can be listed, but not retrieved. */
    static final List<ResponseType> SEARCH_RETIRED = List.of(ResponseType.JSON, ResponseType.MULTIPART_XML);
    static final List<ResponseType> RETRIEVE = List.of(ResponseType.JSON, ResponseType.DICOM, ResponseType.MULTIPART_XML,
            ResponseType.MULTIPART_DICOM, ResponseType.OHIF);
    static final List<ResponseType> HISTORY = List.of(ResponseType.PLAIN_JSON);
    /** Of the result of a store. */
    static final List<ResponseType> STORE = List.of(ResponseType.JSON, ResponseType.MULTIPART_XML, ResponseType.OHIF);
    /** Of the result of a store as DICOM has it (PS3.18 Annex I). */
    static final List<ResponseType> STORE_RESULT = List.of(ResponseType.JSON, ResponseType.MULTIPART_XML);

    /** Of what is no data set: why protocols match or apply. */
    static final List<ResponseType> REASONS = List.of(ResponseType.PLAIN_JSON);

    private SupportedTypes() {
    }
}

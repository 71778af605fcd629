package org.hpqr.web.media;

import static org.hpqr.web.media.ResponseType.DICOM;
import static org.hpqr.web.media.ResponseType.JSON;
import static org.hpqr.web.media.ResponseType.MULTIPART_DICOM;
import static org.hpqr.web.media.ResponseType.MULTIPART_XML;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.hpqr.testkit.standard.Clause;
import org.hpqr.web.media.ContentNegotiation.MixedTypesException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PS3.18 8.7. */
class ContentNegotiationTest {

    private static final List<ResponseType> SUPPORTED = List.of(JSON, DICOM, MULTIPART_XML, MULTIPART_DICOM);

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "application/dicom+json | JSON", "APPLICATION/DICOM+JSON | JSON", "application/dicom | DICOM",
        "multipart/related; type=\"application/dicom+xml\" | MULTIPART_XML",
        "multipart/related;type=application/dicom+xml | MULTIPART_XML", "Multipart/Related; TYPE=\"Application/DICOM+XML\" | MULTIPART_XML",
        "multipart/related; type=\"application/dicom\" | MULTIPART_DICOM",
        "multipart/related; type=\"application/dicom\"; transfer-syntax=* | MULTIPART_DICOM",
        "application/dicom; transfer-syntax=1.2.840.10008.1.2.1 | DICOM",
        // 8.7.8.1: the supported one of highest weight
        "application/dicom;q=0.5, application/dicom+json;q=0.4 | DICOM",
        "application/dicom;q=0.4, application/dicom+json;q=0.5 | JSON", "application/dicom, application/dicom+json | DICOM",
        "application/json, application/dicom;q=0.001 | DICOM",
        // what is invalid or not supported is ignored
        "nonsense, ,;, application/, application/dicom | DICOM", "application/dicom; q=2, application/dicom+json; q=0.1 | JSON",
        "application/dicom; transfer-syntax=1.2.840.10008.1.2.4.50, application/dicom+json; q=0.1 | JSON",
        "\"application/dicom, application/dicom\", application/dicom+json | JSON",
        "application/dicom+json; charset=utf-16 | JSON",
        // a wild card covers the default type, and is the last resort
        "*/* | JSON", "application/* | JSON", "*/*, application/dicom;q=0.1 | DICOM",
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8 | JSON",
        "application/dicom+json;q=0, */* | -", "*/*;q=0 | -", "application/dicom;q=0 | -", "multipart/* | -", "image/* | -",
        "multipart/related | -", "text/html | -", "application/dicom; transfer-syntax=1.2.840.10008.1.2.4.50 | -", "*/json | -"})
    void theHeaderDecides(String accept, String expected) throws Exception {
        assertEquals(expected.equals("-") ? Optional.empty() : Optional.of(ResponseType.valueOf(expected)),
                ContentNegotiation.choose(null, List.of(accept), SUPPORTED));
    }

    /** 8.7.5: without Accept nothing is acceptable. */
    @Clause("PS3.18 8.7.5")
    @Test
    void noHeaderAcceptsNothing() throws Exception {
        assertEquals(Optional.empty(), ContentNegotiation.choose(null, List.of(), SUPPORTED));
    }

    /** 8.7.8.1: the query parameter goes first, if what it names is supported. */
    @Clause("PS3.18 8.7.8.1")
    @Test
    void theQueryParameterGoesFirst() throws Exception {
        assertEquals(Optional.of(DICOM), ContentNegotiation.choose("application/dicom", List.of("application/dicom+json"), SUPPORTED));
        assertEquals(Optional.of(JSON), ContentNegotiation.choose("application/dicom;q=0.1,application/dicom+json;q=0.2", List.of("*/*"), SUPPORTED));
        assertEquals(Optional.of(JSON), ContentNegotiation.choose("application/zip", List.of("application/dicom+json"), SUPPORTED));
        assertEquals(Optional.empty(), ContentNegotiation.choose("application/zip", List.of(), SUPPORTED));
    }

    @Clause("PS3.18 8.7.8.1")
    @Test
    void severalHeaderFieldsAreOneList() throws Exception {
        assertEquals(Optional.of(DICOM), ContentNegotiation.choose(null, List.of("text/csv", "application/dicom"), SUPPORTED));
    }

    /** 8.7.4: a request does not mix DICOM and rendered media types. */
    @Clause("PS3.18 8.7.4")
    @ParameterizedTest
    @ValueSource(strings = {"application/dicom+json, image/jpeg", "text/html, multipart/related; type=\"application/dicom\"",
            "application/dicom, application/pdf;q=0.1", "multipart/related; type=\"Application/DICOM\", image/png"})
    void kindsAreNotMixed(String accept) {
        assertThrows(MixedTypesException.class, () -> ContentNegotiation.choose(null, List.of(accept), SUPPORTED));
        assertThrows(MixedTypesException.class, () -> ContentNegotiation.choose(accept, List.of(), SUPPORTED));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"application/dicom+json; charset=UTF-8 | application/dicom+json",
            "multipart/related; boundary=\"a,b;c\\\"\" | multipart/related", "*/* | -", "a | -", "a/b, c/d | -", "a/b; c | -", "a/b c | -",
            ",a/b | -", "a,b/c | -", "a/b, | -"})
    void aContentTypeIsOneMediaType(String text, String name) {
        assertEquals(name, MediaType.parse(text).map(MediaType::name).orElse("-"));
    }

    @Test
    void quotedParametersAreUnquoted() {
        assertEquals("a,b;c\"", MediaType.parse("multipart/related; boundary=\"a,b;c\\\"\"").orElseThrow().parameter("boundary"));
    }
}

package org.hpqr.web.rs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The host of a Host field (RFC 9110 7.2); the rest of the filter is tried over the wire. */
class RequestFilterTest {

    @ParameterizedTest
    @CsvSource({"localhost,localhost", "LocalHost:8080,localhost", "[::1]:8080,[::1]", "[::1],[::1]", "127.0.0.1:1,127.0.0.1",
            "evil.example:localhost,evil.example", "'',''", ":80,:80"})
    void theHostIsWithoutItsPort(String field, String host) {
        assertEquals(host, RequestFilter.host(field));
    }
}

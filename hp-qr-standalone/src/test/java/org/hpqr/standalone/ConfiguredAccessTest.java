package org.hpqr.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Map;
import org.dcm4che3.net.Dimse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfiguredAccessTest {

    @ParameterizedTest
    @CsvSource({
        "store-callers,    WS1, C_STORE_RQ, true",
        "store-callers,    WS3, C_STORE_RQ, false",
        "store-callers,    ws1, C_STORE_RQ, false",
        "store-callers,    WS3, C_FIND_RQ,  true",
        "find-callers,     WS2, C_FIND_RQ,  true",
        "find-callers,     WS3, C_FIND_RQ,  false",
        "find-callers,     WS3, C_GET_RQ,   true",
        "retrieve-callers, WS1, C_GET_RQ,   true",
        "retrieve-callers, WS3, C_GET_RQ,   false",
        "retrieve-callers, WS3, C_MOVE_RQ,  false",
        "retrieve-callers, WS3, C_STORE_RQ, true",
    })
    void operationIsForThoseListed(String setting, String calling, Dimse operation, boolean allowed) throws IOException {
        assertEquals(allowed, with("hpqr." + setting, "WS1,WS2").mayInvoke(calling, operation));
    }

    @ParameterizedTest
    @CsvSource({"true, WS1, true", "true, WS2, false", "false, WS2, true"})
    void moveMayBeForTheCallerOnly(String setting, String destination, boolean allowed) throws IOException {
        assertEquals(allowed, with("hpqr.move-to-caller-only", setting).mayMoveTo("WS1", destination));
    }

    private static ConfiguredAccess with(String key, String value) throws IOException {
        return new ConfiguredAccess(TestConfiguration.of(Map.of(key, value)));
    }
}

package org.hpqr.web.rs;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hpqr.dataset.DecodingLimits;
import org.hpqr.service.RequestMemory;
import org.hpqr.testkit.standard.Clause;
import org.hpqr.web.media.ResponseType;
import org.hpqr.web.search.SearchRequest;
import org.junit.jupiter.api.Test;

/** The conformance statement says of DICOMweb what the code does (PS3.2 N.5.3.4). */
class WebConformanceTest {

    private static final Path STATEMENT = Path.of("../docs/conformance.md");

    @Clause("PS3.2 N.5.3.4")
    @Test
    void mediaTypesOfEachTransaction() throws IOException {
        List<String> rows = Files.readAllLines(STATEMENT);
        Map.of("Retrieve Capabilities", SupportedTypes.CAPABILITIES, "Search", SupportedTypes.SEARCH, "Retrieve", SupportedTypes.RETRIEVE)
                .forEach((transaction, types) -> assertTrue(rows.contains("| " + transaction + " | " + cell(types) + " | |"),
                        () -> transaction + ": " + cell(types)));
        String store = "| Store | " + cell(SupportedTypes.STORE) + " | "
                + Capabilities.STORE_TYPES.stream().map(type -> '`' + type + '`').collect(Collectors.joining(", ")) + " |";
        assertTrue(rows.contains(store), store);
    }

    @Clause("PS3.2 N.5.3.4")
    @Test
    void everyQueryParameterIsInItsTable() throws IOException {
        String statement = Files.readString(STATEMENT);
        for (String name : SearchRequest.parameterNames())
            assertTrue(statement.contains("`" + name), name);
    }

    /** What is accepted in a request is what the capabilities name. */
    @Clause("PS3.18 8.9")
    @Test
    void everyNamedBodyIsAccepted() {
        for (String type : Capabilities.STORE_TYPES)
            assertDoesNotThrow(() -> SentInstances.of(type + (type.startsWith("multipart") ? "; boundary=b" : ""),
                    InputStream.nullInputStream(), 100, DecodingLimits.NONE_SMALLER, new RequestMemory().share()), type);
    }

    private static String cell(List<ResponseType> types) {
        return types.stream().map(type -> '`' + type.toString() + '`').collect(Collectors.joining(", "));
    }
}

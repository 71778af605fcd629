package org.hpqr.web.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.dcm4che3.data.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of protocols of the viewer OHIF. */
class OhifReaderTest {

    private static final String PROTOCOL = """
            {"id": "2.25.%d", "name": "CT", "createdDate": "2026-11-28", "availableTo": {"level": "SITE"},
             "protocolMatchingRules": [{"attribute": "ModalitiesInStudy", "constraint": {"includes": ["CT"]}}],
             "displaySetSelectors": {"all": {"seriesMatchingRules": [{"attribute": "Modality", "required": true, "constraint": {"equals": "CT"}}]}},
             "callbacks": {"onProtocolEnter": [{"commandName": "x"}]},
             "stages": [{"viewports": [{"displaySets": [{"id": "all"}]}]}]}
            """;

    @Test
    void readsAnArrayOneByOneWithWhatWasLost() throws Exception {
        OhifReader reader = reader("[" + PROTOCOL.formatted(1) + "," + PROTOCOL.formatted(2) + "]");

        assertEquals("2.25.1", reader.next().getString(Tag.SOPInstanceUID));
        assertEquals("callbacks", reader.diagnostics().get(0).path());
        assertEquals("2.25.2", reader.next().getString(Tag.SOPInstanceUID));
        assertNull(reader.next());
    }

    @Test
    void readsASingleOne() throws Exception {
        OhifReader reader = reader(PROTOCOL.formatted(1));

        assertEquals("2.25.1", reader.next().getString(Tag.SOPInstanceUID));
        assertNull(reader.next());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[", "1", "[1]", "{\"id\":", "{\"id\": \"a\"}", "[{}]"})
    void refusesWhatIsNone(String text) {
        assertThrows(MalformedContentException.class, () -> reader(text).next());
    }

    @Test
    void refusesWhatFollows() {
        assertThrows(MalformedContentException.class, () -> reader(PROTOCOL.formatted(1) + "{}").next());
    }

    private static OhifReader reader(String text) {
        return new OhifReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}

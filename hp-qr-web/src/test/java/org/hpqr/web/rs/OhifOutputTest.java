package org.hpqr.web.rs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hpqr.status.HpStatus;
import org.junit.jupiter.api.Test;

/** What a search in the format of the viewer OHIF answers if an object cannot be read. */
class OhifOutputTest {

    private final Map<String, HpStatus> objects = new LinkedHashMap<>();

    private JsonArray answer() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new OhifOutput(new FoundObjects.Matches(objects), new FoundObjects(objects), null).write(out);
        try (JsonReader json = Json.createReader(new ByteArrayInputStream(out.toByteArray()))) {
            return json.readArray();
        }
    }

    @Test
    void anObjectThatCannotBeReadIsNamedWithoutProtocols() throws IOException {
        objects.put("1.1", HpStatus.SUCCESS);
        objects.put("1.2", HpStatus.GET_FAILED);
        objects.put(FoundObjects.REMOVED, HpStatus.SUCCESS);
        objects.put("1.3", HpStatus.SUCCESS);

        List<JsonObject> answer = answer().getValuesAs(JsonObject.class);

        assertEquals(List.of("1.1", "1.2", "1.3"), answer.stream().map(object -> object.getString("sopInstanceUID")).toList());
        assertEquals(List.of(1, 0, 1), answer.stream().map(object -> object.getJsonArray("protocols").size()).toList());
        assertEquals("C411", answer.get(1).getString("failureReason"));
        assertTrue(answer.get(1).getJsonArray("diagnostics").isEmpty());
        assertTrue(answer.stream().filter(object -> !object.getString("sopInstanceUID").equals("1.2"))
                .noneMatch(object -> object.containsKey("failureReason")));
    }

    /** Others cannot be read then either. */
    @Test
    void withoutDatabaseOrMemoryTheAnswerIsBrokenOff() {
        objects.put("1.1", HpStatus.SUCCESS);
        objects.put("1.2", HpStatus.OUT_OF_RESOURCES);

        assertThrows(IOException.class, this::answer);
    }
}

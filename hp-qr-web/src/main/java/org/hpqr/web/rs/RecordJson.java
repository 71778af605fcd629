package org.hpqr.web.rs;

import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.StringWriter;
import java.lang.reflect.RecordComponent;
import java.util.List;

/**
 * Writes records as JSON: each is an object with its components, a list an array, an enum its name. Components that are {@code null}
 * are left out.
 */
final class RecordJson {

    private static final JsonProvider JSON = JsonProvider.provider();

    private RecordJson() {
    }

    /** A whole JSON text. */
    static String text(Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            write(json, value);
        }
        return text.toString();
    }

    /** The same, which is written while it is sent. */
    static StreamingOutput output(Object value) {
        return new JsonOutput(json -> write(json, value));
    }

    /** A member of the object that is being written. */
    static void write(JsonGenerator json, String name, Object value) {
        if (value != null) {
            json.writeKey(name);
            write(json, value);
        }
    }

    private static void write(JsonGenerator json, Object value) {
        if (value instanceof Integer number)
            json.write(number);
        else if (value instanceof Long number)
            json.write(number);
        else if (value instanceof Double number && Double.isFinite(number))
            json.write(number);
        else if (value instanceof Boolean flag)
            json.write(flag);
        else if (value instanceof List<?> list) {
            json.writeStartArray();
            list.forEach(element -> write(json, element));
            json.writeEnd();
        } else if (value instanceof Record object) {
            json.writeStartObject();
            for (RecordComponent component : value.getClass().getRecordComponents())
                write(json, component.getName(), component(object, component));
            json.writeEnd();
        } else {
            json.write(value.toString());
        }
    }

    private static Object component(Record object, RecordComponent component) {
        try {
            return component.getAccessor().invoke(object);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record has no component " + component, e);
        }
    }
}

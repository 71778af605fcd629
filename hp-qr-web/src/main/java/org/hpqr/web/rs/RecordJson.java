package org.hpqr.web.rs;

import jakarta.json.stream.JsonGenerator;
import java.lang.reflect.RecordComponent;
import java.util.List;

/**
 * Writes records as JSON: each is an object with its components, a list an array, an enum its name. Components that are {@code null}
 * are left out.
 */
final class RecordJson {

    private RecordJson() {
    }

    /** Writes a member of the object that is open. */
    static void write(JsonGenerator json, String name, Object value) {
        if (value != null) {
            json.writeKey(name);
            write(json, value);
        }
    }

    private static void write(JsonGenerator json, Object value) {
        if (value instanceof Integer number)
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

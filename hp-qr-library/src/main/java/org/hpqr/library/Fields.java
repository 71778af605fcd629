package org.hpqr.library;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fields of one mapping of a definition. What is misspelled or of another type is an error, never ignored. */
final class Fields {

    private final String where;
    private final Map<?, ?> fields;
    private final Set<Object> read = new HashSet<>();

    /** @param where names the place in messages */
    Fields(String where, Object fields) {
        this.where = where;
        if (!(fields instanceof Map<?, ?> map))
            throw new InvalidDefinitionException(where + " has to have fields");
        this.fields = map;
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    /** @param otherwise the value of a field that is not there; {@code null}: it has to be there */
    String text(String name, String otherwise) {
        Object value = get(name, otherwise);
        return String.valueOf(value);
    }

    int number(String name, int otherwise) {
        Object value = get(name, otherwise);
        if (!(value instanceof Integer number))
            throw new InvalidDefinitionException(where + ": " + name + " must be a whole number");
        return number;
    }

    double decimal(String name, double otherwise) {
        Object value = get(name, otherwise);
        if (!(value instanceof Number number))
            throw new InvalidDefinitionException(where + ": " + name + " must be a number");
        return number.doubleValue();
    }

    boolean flag(String name) {
        Object value = get(name, false);
        if (!(value instanceof Boolean flag))
            throw new InvalidDefinitionException(where + ": " + name + " must be true or false");
        return flag;
    }

    /** One value, or a list of them; empty if the field is not there. */
    List<?> list(String name) {
        Object value = get(name, List.of());
        return value instanceof List<?> list ? list : List.of(value);
    }

    /** A mapping whose names are the author's. */
    Map<?, ?> map(String name) {
        if (!(get(name, null) instanceof Map<?, ?> map))
            throw new InvalidDefinitionException(where + ": " + name + " has to have fields");
        return map;
    }

    private Object get(String name, Object otherwise) {
        read.add(name);
        Object value = fields.get(name);
        if (value != null)
            return value;
        if (otherwise == null)
            throw new InvalidDefinitionException(where + ": " + name + " is missing");
        return otherwise;
    }

    /** To be called when all fields have been read. */
    void checkNoOthers() {
        for (Object name : fields.keySet())
            if (!read.contains(name))
                throw new InvalidDefinitionException(where + ": " + name + " is not a field of it; fields are " + read.stream().sorted().toList());
    }
}

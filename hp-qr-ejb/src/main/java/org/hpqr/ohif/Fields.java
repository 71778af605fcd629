package org.hpqr.ohif;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Reads the fields of an object of OHIF. A field of another type than expected is not there, but reported as such. */
record Fields(JsonObject object, String path) {

    private static final int MOST_DIGITS = 400;

    static Fields of(JsonValue value, String path) {
        return new Fields(value instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT, path);
    }

    /** Path of a field. */
    String at(String name) {
        return path.isEmpty() ? name : path + '.' + name;
    }

    Optional<String> text(String name) {
        return object.get(name) instanceof JsonString text ? Optional.of(text.getString()).filter(value -> !value.isBlank())
                : Optional.empty();
    }

    Optional<BigDecimal> number(String name) {
        return object.get(name) instanceof JsonNumber number ? Optional.of(number.bigDecimalValue()).filter(Fields::isUsual)
                : Optional.empty();
    }

    Optional<Integer> integer(String name) {
        return number(name).map(BigDecimal::intValue);
    }

    /** 1E+300000000 would be written at length by somebody. */
    static boolean isUsual(BigDecimal number) {
        return Math.abs((long) number.precision() - number.scale()) <= MOST_DIGITS && number.precision() <= MOST_DIGITS;
    }

    double real(String name, double otherwise) {
        double value = number(name).map(BigDecimal::doubleValue).orElse(otherwise);
        return Double.isFinite(value) ? value : otherwise;
    }

    boolean flag(String name, boolean otherwise) {
        JsonValue value = object.get(name);
        return value == JsonValue.TRUE || value != JsonValue.FALSE && otherwise;
    }

    Fields object(String name) {
        return of(object.get(name), at(name));
    }

    List<Fields> objects(String name) {
        JsonArray array = array(name);
        return IntStream.range(0, array.size()).mapToObj(i -> of(array.get(i), at(name) + '[' + i + ']')).toList();
    }

    JsonArray array(String name) {
        return object.get(name) instanceof JsonArray array ? array : JsonValue.EMPTY_JSON_ARRAY;
    }

    /** Reports every field that has a value and is not treated. */
    void reportOthers(Diagnostics diagnostics, Set<String> treated) {
        object.forEach((name, value) -> {
            if (!treated.contains(name) && value != JsonValue.NULL && !isEmpty(value))
                diagnostics.report(at(name), "ohif-only", name);
        });
    }

    private static boolean isEmpty(JsonValue value) {
        return value instanceof JsonStructure && (value instanceof JsonArray array ? array.isEmpty() : value.asJsonObject().isEmpty());
    }
}

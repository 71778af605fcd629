package org.hpqr.ohif;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a constraint of OHIF compares with: a value, {@code {value: ...}}, or an array of either.
 *
 * @param list whether it is an array
 */
record ConstraintValues(List<JsonValue> values, boolean list) {

    /** What a value of each VR can be (PS3.5 Table 6.2-1). */
    private static final Map<String, Pattern> FORMATS = Map.of(
            "AE", Pattern.compile("(?=.*\\S)[ -\\[\\]-~]{1,16}"),
            "AS", Pattern.compile("\\d{3}[DWMY]"),
            "CS", Pattern.compile("(?=.*\\S)[A-Z0-9 _]{1,16}"),
            "DA", Pattern.compile("\\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])"),
            "LO", Pattern.compile("(?=.*\\S)[^\\\\\\p{Cntrl}]{1,64}"),
            "SH", Pattern.compile("(?=.*\\S)[^\\\\\\p{Cntrl}]{1,16}"),
            "UI", Pattern.compile("[012]((\\.0)|(\\.[1-9]\\d*))+"));
    private static final int DS = 16;
    private static final int UID = 64;

    static ConstraintValues of(JsonValue constraint) {
        JsonValue unwrapped = unwrapped(constraint);
        if (unwrapped instanceof JsonArray array)
            return new ConstraintValues(array.stream().map(ConstraintValues::unwrapped).toList(), true);
        return new ConstraintValues(unwrapped == null ? List.of() : List.of(unwrapped), false);
    }

    private static JsonValue unwrapped(JsonValue value) {
        return value instanceof JsonObject object && object.keySet().equals(Set.of("value")) ? object.get("value") : value;
    }

    /** The values, if all of them can have this VR; empty if one cannot. */
    List<String> texts(String vr) {
        List<String> texts = new ArrayList<>();
        for (JsonValue value : values) {
            String text = value instanceof JsonString string ? string.getString() : null;
            if (text == null || !FORMATS.containsKey(vr) || !FORMATS.get(vr).matcher(text).matches() || vr.equals("UI") && text.length() > UID)
                return List.of();
            texts.add(text);
        }
        return texts;
    }

    /** The values as text, if all of them are numbers of this VR: DS, IS or US; empty if one is not. */
    List<String> numbers(String vr) {
        List<String> numbers = new ArrayList<>();
        for (JsonValue value : values) {
            if (!(value instanceof JsonNumber number) || !Fields.isUsual(number.bigDecimalValue()))
                return List.of();
            String text = text(number.bigDecimalValue(), vr);
            if (text == null)
                return List.of();
            numbers.add(text);
        }
        return numbers;
    }

    private static String text(BigDecimal number, String vr) {
        if (vr.equals("DS")) {
            String plain = number.toPlainString();
            String text = plain.length() <= DS ? plain : number.stripTrailingZeros().toString();
            return text.length() <= DS ? text : null;
        }
        BigInteger integer = number.signum() == 0 || number.stripTrailingZeros().scale() <= 0 ? number.toBigInteger() : null;
        if (integer == null || integer.bitLength() > (vr.equals("US") ? 16 : 31) || vr.equals("US") && integer.signum() < 0)
            return null;
        return integer.toString();
    }

    boolean isTrue() {
        return values.equals(List.of(JsonValue.TRUE));
    }
}

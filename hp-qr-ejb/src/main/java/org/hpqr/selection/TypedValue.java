package org.hpqr.selection;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.BulkData;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.dcm4che3.util.TagUtils;

/**
 * A value as it is compared: by what it means, not by how it is written (PS3.3 C.23.4.2).
 *
 * @param value {@link BigDecimal}, {@link java.time.LocalDate}, {@link java.time.LocalTime}, {@link java.time.Instant},
 *              {@link String}, {@link Integer} (a tag), {@link Code}, {@code byte[]}, or {@code null} if it cannot be read
 * @param text  for people
 */
record TypedValue(Kind kind, Object value, String text) {

    enum Kind {
        NUMBER, DATE, TIME, DATE_TIME, TEXT, TAG, CODE, BYTES,
        /** One of several values that has zero length. */
        EMPTY,
        /** There is a value, but it is not one of its value representation, or was not given. */
        UNREADABLE
    }

    private static final TypedValue EMPTY = new TypedValue(Kind.EMPTY, null, "an empty value");

    /** Newer than the default toolkit's value representations: 64 bit. */
    private static final String SIGNED_VERY_LONG = "SV";
    private static final String UNSIGNED_VERY_LONG = "UV";

    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,20}");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?");
    /** Decimal strings have 16 characters: more digits of a number than these say nothing. */
    private static final int MOST_DIGITS = 64;
    /** "Some leniency in precision" (PS3.3 Table C.23.4-2): more than the error of single precision, relative. */
    private static final BigDecimal LENIENCY = new BigDecimal("0.0000001");
    /** Bytes of a value that are named in a reason. */
    private static final int MOST_BYTES = 8;

    /** Longest text of one value, in characters. */
    private static final int LONGEST = 100;

    TypedValue {
        if (text.length() > LONGEST)
            text = text.substring(0, LONGEST) + "...";
    }

    /** The values of an element, in the order of their numbers; of a sequence, the codes in its items. */
    static List<TypedValue> of(Attributes item, int tag) {
        VR vr = item.getVR(tag);
        return vr == null ? List.of() : of(item, tag, vr.name());
    }

    /**
     * The values of an element.
     *
     * @param vr what it is to be read as if the element is of VR UN, or has none of its own
     */
    static List<TypedValue> of(Attributes item, int tag, String vr) {
        VR.Holder holder = new VR.Holder();
        Object value = item.getValue(tag, holder);
        if (value == null || !Elements.hasValue(item, tag))
            return List.of();
        if (value instanceof Sequence items)
            return items.stream().map(code -> Code.of(code).map(TypedValue::of).orElse(unreadable("an item without a code"))).toList();
        if (value instanceof BulkData)
            return List.of(unreadable("a value that was not given"));
        String own = holder.vr == VR.UN ? vr : holder.vr.name();
        if (value instanceof byte[] bytes) {
            List<TypedValue> numbers = binary(bytes, own, item.bigEndian());
            if (numbers != null)
                return numbers;
        }
        return holder.vr.isStringType() ? texts(item, tag, holder.vr)
                : value instanceof byte[] bytes ? fromUnknown(bytes, own) : List.of(unreadable("a value of VR " + own));
    }

    private static TypedValue of(Code code) {
        return new TypedValue(Kind.CODE, code, code.toString());
    }

    private static TypedValue unreadable(String text) {
        return new TypedValue(Kind.UNREADABLE, null, text);
    }

    /** {@code null} if the VR is none of numbers or bytes. */
    private static List<TypedValue> binary(byte[] bytes, String vr, boolean bigEndian) {
        return switch (vr) {
            case "US", "SS", "UL", "SL", "AT" -> {
                VR known = VR.valueOf(vr);
                if (bytes.length % Elements.sizeOf(known) != 0)
                    yield List.of(unreadable("a value cut short"));
                yield Arrays.stream(known.toInts(bytes, bigEndian)).mapToObj(number -> known == VR.AT
                        ? new TypedValue(Kind.TAG, number, TagUtils.toString(number))
                        : number(BigDecimal.valueOf(known == VR.UL ? Integer.toUnsignedLong(number) : number))).toList();
            }
            case "FL", "FD" -> {
                VR known = VR.valueOf(vr);
                if (bytes.length % Elements.sizeOf(known) != 0)
                    yield List.of(unreadable("a value cut short"));
                yield Arrays.stream(known.toDoubles(bytes, bigEndian)).mapToObj(TypedValue::number).toList();
            }
            case SIGNED_VERY_LONG, UNSIGNED_VERY_LONG -> veryLong(bytes, vr.equals(UNSIGNED_VERY_LONG), bigEndian);
            case "OB", "OW", "OF", "OD", "OL", "OV", "UN" -> List.of(new TypedValue(Kind.BYTES, bytes, bytes.length + " bytes "
                    + HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, MOST_BYTES))));
            default -> null;
        };
    }

    private static List<TypedValue> veryLong(byte[] bytes, boolean unsigned, boolean bigEndian) {
        if (bytes.length % Long.BYTES != 0)
            return List.of(unreadable("a value cut short"));
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        List<TypedValue> numbers = new ArrayList<>(1);
        while (buffer.hasRemaining()) {
            long number = buffer.getLong();
            numbers.add(number(new BigDecimal(unsigned ? new BigInteger(Long.toUnsignedString(number)) : BigInteger.valueOf(number))));
        }
        return numbers;
    }

    /** Text in VR UN is in the default repertoire or cannot be read. */
    private static List<TypedValue> fromUnknown(byte[] bytes, String vr) {
        Optional<VR> known = Arrays.stream(VR.values()).filter(v -> v.name().equals(vr) && v.isStringType()).findAny();
        for (byte b : bytes)
            if (b < 0)
                return List.of(unreadable("a value of VR UN"));
        if (known.isEmpty())
            return List.of(unreadable("a value of VR UN"));
        Attributes copy = new Attributes();
        copy.setBytes(Tag.PatientComments, known.get(), bytes);
        return texts(copy, Tag.PatientComments, known.get());
    }

    private static List<TypedValue> texts(Attributes item, int tag, VR vr) {
        Function<String, TypedValue> typed = switch (vr) {
            case IS -> text -> INTEGER.matcher(text).matches() ? number(new BigDecimal(text)) : unreadable(text);
            case DS -> text -> text.length() <= MOST_DIGITS && DECIMAL.matcher(text).matches()
                    ? number(Double.parseDouble(text)) : unreadable(text);
            case DA -> text -> Times.date(text).map(date -> new TypedValue(Kind.DATE, date, text)).orElse(unreadable(text));
            case TM -> text -> Times.time(text).map(time -> new TypedValue(Kind.TIME, time, text)).orElse(unreadable(text));
            case DT -> {
                ZoneOffset zone = Elements.text(root(item), Tag.TimezoneOffsetFromUTC).flatMap(Times::offset).orElse(ZoneOffset.UTC);
                yield text -> Times.dateTime(text, zone).map(OffsetDateTime::toInstant)
                        .map(time -> new TypedValue(Kind.DATE_TIME, time, text)).orElse(unreadable(text));
            }
            case PN -> text -> new TypedValue(Kind.TEXT, personName(text), text);
            default -> text -> new TypedValue(Kind.TEXT, text, text);
        };
        return Elements.textsByNumber(item, tag).stream().map(text -> text.isEmpty() ? EMPTY : typed.apply(text))
                .toList();
    }

    private static Attributes root(Attributes item) {
        Attributes at = item;
        while (at.getParent() != null)
            at = at.getParent();
        return at;
    }

    /** Components and component groups that are left out at the end are the same as empty ones (PS3.5 6.2.1). */
    private static String personName(String text) {
        StringBuilder name = new StringBuilder();
        for (String group : text.split("=", -1))
            name.append(group.replaceAll("[\\^ ]+$", "")).append('=');
        return name.toString().replaceAll("=+$", "");
    }

    private static TypedValue number(double number) {
        return Double.isFinite(number) ? number(new BigDecimal(number)) : unreadable(String.valueOf(number));
    }

    private static TypedValue number(BigDecimal number) {
        return new TypedValue(Kind.NUMBER, number, number.stripTrailingZeros().precision() > 17
                ? String.valueOf(number.doubleValue()) : number.stripTrailingZeros().toPlainString());
    }

    /** Says whether both mean the same; not evaluable if one cannot be read or they are of different kinds. */
    Outcome isSameAs(TypedValue other) {
        if (!isComparableWith(other))
            return Outcome.NOT_EVALUABLE;
        return Outcome.of(switch (kind) {
            case NUMBER -> compareTo(other) == 0;
            case CODE -> ((Code) value).isSameAs((Code) other.value);
            case BYTES -> Arrays.equals((byte[]) value, (byte[]) other.value);
            default -> value.equals(other.value);
        });
    }

    boolean isComparableWith(TypedValue other) {
        return kind == other.kind && kind != Kind.UNREADABLE && kind != Kind.EMPTY;
    }

    /** Has an order: numbers, dates and times. */
    boolean isOrdered() {
        return kind == Kind.NUMBER || kind == Kind.DATE || kind == Kind.TIME || kind == Kind.DATE_TIME;
    }

    /** Compares ordered values of one kind; numbers that differ by less than they are precise are equal. */
    int compareTo(TypedValue other) {
        if (kind == Kind.NUMBER) {
            BigDecimal a = (BigDecimal) value;
            BigDecimal b = (BigDecimal) other.value;
            if (isWhole(a) && isWhole(b))
                return a.compareTo(b);
            return a.subtract(b).abs().compareTo(a.abs().max(b.abs()).multiply(LENIENCY)) <= 0 ? 0 : a.compareTo(b);
        }
        @SuppressWarnings("unchecked")
        Comparable<Object> comparable = (Comparable<Object>) value;
        return comparable.compareTo(other.value);
    }

    private static boolean isWhole(BigDecimal number) {
        return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
    }

    @Override
    public String toString() {
        return text;
    }
}

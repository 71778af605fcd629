package org.hpqr.web.media;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.BulkData;
import org.dcm4che3.data.ElementDictionary;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.dcm4che3.util.TagUtils;
import org.hpqr.dataset.DecodingLimits;

/**
 * Builds one data set from what a text format says of its elements, in Explicit VR Little Endian and UTF-8, within limits.
 */
final class ElementTarget {

    /** Defined term of Specific Character Set for UTF-8 (PS3.3 C.12.1.1.2). */
    static final String UTF_8 = "ISO_IR 192";

    /** PS3.5 6.2: longest values of DS and IS, in characters. */
    private static final int MAX_DS = 16;
    private static final int MAX_IS = 12;
    /** Longer than any number of a VR: a longer one would only cost time. */
    private static final int MAX_NUMBER = 64;
    /** Beyond the exponents of FD. */
    private static final int MAX_SCALE = 400;
    /** Most values of a data set, but for items: in memory, a short one takes many times its text. */
    static final int MAX_VALUES = 262_144;
    /** VRs that the toolkit of the default build does not know: their values are kept as UN (PS3.5 6.2.2). */
    private static final Set<String> UNKNOWN_TO_TOOLKIT = Set.of("OV", "SV", "UV");
    private static final BigDecimal MIN_SV = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MAX_UV = new BigDecimal("18446744073709551615");

    private final DecodingLimits limits;
    private int items;
    private int values;
    private boolean needsUtf8;

    ElementTarget(DecodingLimits limits) {
        this.limits = limits;
    }

    /** For another data set, within what the limits leave of the ones before. */
    ElementTarget next() {
        ElementTarget next = new ElementTarget(limits);
        next.items = items;
        return next;
    }

    /**
     * Counts an item that begins.
     *
     * @param depth of the sequence it is in; 1 in the data set itself
     */
    void enterItem(int depth) throws MalformedContentException {
        if (depth > limits.depth())
            throw new MalformedContentException("More than " + limits.depth() + " sequences within each other");
        if (++items > limits.items())
            throw new MalformedContentException("More than " + limits.items() + " items");
    }

    /** Counts a value that begins, also an empty one. */
    void enterValue() throws MalformedContentException {
        if (++values > MAX_VALUES)
            throw new MalformedContentException("More than " + MAX_VALUES + " values");
    }

    private static boolean isTag(String text) {
        return text != null && text.length() == 8 && text.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 0x80);
    }

    /** The tag that 8 hexadecimal digits name. */
    static int tag(String digits) throws MalformedContentException {
        if (!isTag(digits))
            throw new MalformedContentException("A tag is not 8 hexadecimal digits");
        int tag = Integer.parseUnsignedInt(digits, 16);
        int group = tag >>> 16;
        // file meta information, commands and delimiters are no elements of a data set (PS3.5 7.1)
        if (group < 0x0008 || group == 0xFFFF || group == 0xFFFE)
            throw new MalformedContentException("A tag is not one of a data set");
        return tag;
    }

    /** The end of the data set: its text is UTF-8, and says so if it has to. */
    void end(Attributes dataset) {
        if (needsUtf8)
            dataset.setString(Tag.SpecificCharacterSet, VR.CS, UTF_8);
    }

    /**
     * Sets the values of an element that is no sequence and not binary.
     *
     * @param values text of each; {@code null} for an empty one
     */
    void put(Attributes item, String creator, int tag, String vrName, List<String> values) throws MalformedContentException {
        if (!isKept(item, creator, tag, !values.isEmpty()))
            return;
        if (isKeptAsUnknown(creator, tag, vrName)) {
            putLongs(item, creator, tag, values);
            return;
        }
        VR vr = vr(vrName);
        if (values.isEmpty() || values.size() == 1 && values.get(0) == null) {
            item.setNull(creator, tag, vr);
            return;
        }
        switch (ElementValues.form(vr)) {
            case TEXT, PERSON_NAME -> putTexts(item, creator, tag, vr, values);
            case DECIMAL -> putTexts(item, creator, tag, vr, decimals(vr, values));
            case TAG -> item.setInt(creator, tag, vr, integers(values, 16, 0, 0xFFFFFFFFL));
            case INTEGER -> putIntegers(item, creator, tag, vr, values);
            case REAL -> item.setDouble(creator, tag, vr, reals(vr, values));
            case SEQUENCE, BINARY -> throw new MalformedContentException("A value of VR " + vr + " is given as text");
        }
    }

    /**
     * Whether a value is to be kept as UN. Not one of a tag that the dictionary has another VR for, nor of a private creator, which
     * is LO (PS3.5 7.8.1): whoever reads it as UN takes it for that (PS3.5 6.2.2), and it would become another value.
     */
    private static boolean isKeptAsUnknown(String creator, int tag, String vrName) throws MalformedContentException {
        if (!UNKNOWN_TO_TOOLKIT.contains(vrName) || find(vrName).isPresent())
            return false;
        VR known = creator == null ? ElementDictionary.vrOf(tag, null) : VR.UN;
        if (known != VR.UN)
            throw new MalformedContentException("An element of VR " + known + " is given with VR " + vrName);
        return true;
    }

    /** Sets a binary element. */
    void putBinary(Attributes item, String creator, int tag, String vrName, String base64) throws MalformedContentException {
        if (!isKept(item, creator, tag, true))
            return;
        VR vr = isKeptAsUnknown(creator, tag, vrName) ? VR.UN : vr(vrName);
        if (ElementValues.form(vr) != ElementValues.Form.BINARY)
            throw new MalformedContentException("A value of VR " + vr + " is given as InlineBinary");
        try {
            item.setBytes(creator, tag, vr, Base64.getDecoder().decode(withoutSpace(base64)));
        } catch (IllegalArgumentException e) {
            throw new MalformedContentException("InlineBinary is not Base64", e);
        }
    }

    /** Of lines and indentation. A decoder that skips them would skip everything else that is not Base64, too. */
    private static String withoutSpace(String base64) {
        return base64.chars().anyMatch(Character::isWhitespace) ? base64.replaceAll("\\s+", "") : base64;
    }

    /** Sets an element whose value is elsewhere: there is one, and it cannot be read. */
    void putBulkData(Attributes item, int tag, String vrName) throws MalformedContentException {
        if (isKept(item, null, tag, true))
            item.setValue(tag, find(vrName).orElse(VR.UN), new BulkData(null, "", false));
    }

    /** Sets a sequence. */
    void putItems(Attributes item, String creator, int tag, String vrName, List<Attributes> items)
            throws MalformedContentException {
        if (!isKept(item, creator, tag, true))
            return;
        if (vr(vrName) != VR.SQ)
            throw new MalformedContentException("A value of VR " + vrName + " is given as items");
        Sequence sequence = item.newSequence(creator, tag, items.size());
        sequence.addAll(items);
    }

    /** Group lengths are left out, Specific Character Set is made anew, nothing comes twice. */
    private boolean isKept(Attributes item, String creator, int tag, boolean hasValue) throws MalformedContentException {
        if (tag == Tag.SpecificCharacterSet) {
            needsUtf8 |= hasValue;
            return false;
        }
        // with its creator, the first element of a private block is named by gggg0000
        if (creator == null && TagUtils.isGroupLength(tag))
            return false;
        if (item.contains(creator, tag))
            throw new MalformedContentException("An element occurs twice");
        return true;
    }

    /** How the text formats carry the values of a VR, those included that the toolkit does not know. */
    static ElementValues.Form form(String vrName) throws MalformedContentException {
        if (find(vrName).isEmpty() && UNKNOWN_TO_TOOLKIT.contains(vrName))
            return vrName.equals("OV") ? ElementValues.Form.BINARY : ElementValues.Form.INTEGER;
        return ElementValues.form(vr(vrName));
    }

    private static VR vr(String name) throws MalformedContentException {
        return find(name).orElseThrow(() -> new MalformedContentException("An element has no VR, or an unknown one"));
    }

    private static Optional<VR> find(String name) {
        return Arrays.stream(VR.values()).filter(vr -> vr.name().equals(name)).findFirst();
    }

    private void putTexts(Attributes item, String creator, int tag, VR vr, List<String> values) throws MalformedContentException {
        boolean single = vr == VR.LT || vr == VR.ST || vr == VR.UT || vr == VR.UR;
        if (single && values.size() > 1)
            throw new MalformedContentException("VR " + vr + " has one value");
        for (String value : values) {
            if (value == null)
                continue;
            if (!single && value.indexOf('\\') >= 0)
                throw new MalformedContentException("A value has a backslash, which is not a character of VR " + vr);
            if (value.chars().anyMatch(c -> c > 0x7E)) {
                if (value.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE))
                    throw new MalformedContentException("A value has half of a character");
                if (!vr.useSpecificCharacterSet())
                    throw new MalformedContentException("A value of VR " + vr + " has a character beyond the default repertoire");
                needsUtf8 = true;
            }
        }
        String[] texts = values.stream().map(value -> value == null ? "" : value).toArray(String[]::new);
        if (vr == VR.UC)
            // the toolkit would take leading spaces away, which are part of the value (PS3.5 6.2)
            item.setBytes(creator, tag, vr, String.join("\\", texts).getBytes(StandardCharsets.UTF_8));
        else
            item.setString(creator, tag, vr, texts);
    }

    private static List<String> decimals(VR vr, List<String> values) throws MalformedContentException {
        String[] decimals = new String[values.size()];
        for (int i = 0; i < decimals.length; i++)
            if (values.get(i) != null)
                decimals[i] = vr == VR.IS ? integerString(values.get(i)) : decimalString(values.get(i));
        return Arrays.asList(decimals);
    }

    /** What came as text stays as it is: it may be no number, as in the object it was made of. */
    private static String integerString(String text) throws MalformedContentException {
        if (text.length() <= MAX_IS && !isFraction(text))
            return text;
        return String.valueOf(longs(List.of(text), 10, Integer.MIN_VALUE, Integer.MAX_VALUE)[0]);
    }

    private static boolean isFraction(String text) {
        return Stream.of(".", "e", "E").anyMatch(text::contains);
    }

    /** A number that has more digits than a DS can hold is rounded to what it holds. */
    private static String decimalString(String text) throws MalformedContentException {
        if (text.length() <= MAX_DS)
            return text;
        BigDecimal number = number(text);
        for (int digits = MAX_DS; digits > 0; digits--) {
            String rounded = number.round(new MathContext(digits, RoundingMode.HALF_EVEN)).stripTrailingZeros().toString();
            if (rounded.length() <= MAX_DS)
                return rounded;
        }
        throw new MalformedContentException("A number does not fit VR DS");
    }

    private static void putIntegers(Attributes item, String creator, int tag, VR vr, List<String> values)
            throws MalformedContentException {
        item.setInt(creator, tag, vr, switch (vr) {
            case US -> integers(values, 10, 0, 0xFFFF);
            case SS -> integers(values, 10, Short.MIN_VALUE, Short.MAX_VALUE);
            case UL -> integers(values, 10, 0, 0xFFFFFFFFL);
            default -> integers(values, 10, Integer.MIN_VALUE, Integer.MAX_VALUE);
        });
    }

    private static int[] integers(List<String> values, int radix, long min, long max) throws MalformedContentException {
        return Arrays.stream(longs(values, radix, min, max)).mapToInt(value -> (int) value).toArray();
    }

    private static long[] longs(List<String> values, int radix, long min, long max) throws MalformedContentException {
        long[] integers = new long[values.size()];
        for (int i = 0; i < integers.length; i++) {
            integers[i] = radix == 16 ? hexadecimal(values.get(i)) : whole(number(values.get(i)));
            if (integers[i] < min || integers[i] > max)
                throw new MalformedContentException("A number is outside the range of its VR");
        }
        return integers;
    }

    private static long hexadecimal(String text) throws MalformedContentException {
        if (!isTag(text))
            throw new MalformedContentException("A value of VR AT is not 8 hexadecimal digits");
        return Long.parseLong(text, 16);
    }

    private static long whole(BigDecimal number) throws MalformedContentException {
        long value = number.longValue();
        if (number.precision() - number.scale() > 19 || BigDecimal.valueOf(value).compareTo(number) != 0)
            throw new MalformedContentException("A number is outside the range of its VR");
        return value;
    }

    private static double[] reals(VR vr, List<String> values) throws MalformedContentException {
        double[] reals = new double[values.size()];
        for (int i = 0; i < reals.length; i++)
            reals[i] = real(vr, values.get(i));
        return reals;
    }

    private static double real(VR vr, String text) throws MalformedContentException {
        if (text == null)
            throw new MalformedContentException("A number is missing");
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> finite(vr, number(text).doubleValue());
        };
    }

    private static double finite(VR vr, double number) throws MalformedContentException {
        if (Double.isInfinite(vr == VR.FL ? (float) number : number))
            throw new MalformedContentException("A number is outside the range of its VR");
        return number;
    }

    private static void putLongs(Attributes item, String creator, int tag, List<String> values) throws MalformedContentException {
        ByteBuffer bytes = ByteBuffer.allocate(values.size() * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (String value : values) {
            BigDecimal number = number(value);
            if (number.scale() > 0 || number.scale() < -MAX_DS || number.compareTo(MIN_SV) < 0 || number.compareTo(MAX_UV) > 0)
                throw new MalformedContentException("A number is outside the range of its VR");
            bytes.putLong(number.toBigInteger().longValue());
        }
        item.setBytes(creator, tag, VR.UN, bytes.array());
    }

    private static BigDecimal number(String text) throws MalformedContentException {
        if (text != null && text.length() <= MAX_NUMBER) {
            try {
                BigDecimal number = new BigDecimal(text.trim());
                if (Math.abs((long) number.scale()) <= MAX_SCALE)
                    return number;
            } catch (NumberFormatException e) {
                throw new MalformedContentException("A value is not a number", e);
            }
        }
        throw new MalformedContentException("A value is not a number");
    }
}

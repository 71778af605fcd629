package org.hpqr.web.media;

import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;

/** Writes data sets as an array of the DICOM JSON Model (PS3.18 Annex F), one by one, in UTF-8. */
public final class DicomJsonWriter implements AutoCloseable {

    private static final JsonGeneratorFactory GENERATORS = JsonProvider.provider().createGeneratorFactory(Map.of());
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final List<String> NAME_GROUPS = List.of("Alphabetic", "Ideographic", "Phonetic");

    private final JsonGenerator json;

    /** @param out gets the array; closed by {@link #close} */
    public DicomJsonWriter(OutputStream out) {
        this(GENERATORS.createGenerator(new OutputStreamWriter(out, StandardCharsets.UTF_8)));
        json.writeStartArray();
    }

    private DicomJsonWriter(JsonGenerator json) {
        this.json = json;
    }

    /** Writes one data set as a member of the object that is open in a JSON text of other content. */
    public static void writeMember(JsonGenerator json, String name, Attributes dataset) {
        json.writeStartObject(name);
        new DicomJsonWriter(json).writeElements(dataset);
        json.writeEnd();
    }

    /**
     * Writes one data set.
     *
     * @throws jakarta.json.JsonException the stream does not take it
     */
    public void write(Attributes dataset) {
        json.writeStartObject();
        writeElements(dataset);
        json.writeEnd();
    }

    /** Ends the array. */
    @Override
    public void close() {
        json.writeEnd();
        json.close();
    }

    private void writeElements(Attributes item) {
        // F.2.2: in the order of the tags, which are unsigned
        for (int tag : ElementValues.sortedTags(item))
            if (ElementValues.isCarried(tag))
                writeElement(item, tag);
    }

    private void writeElement(Attributes item, int tag) {
        VR.Holder holder = new VR.Holder();
        Object value = item.getValue(tag, holder);
        VR vr = holder.vr;
        json.writeStartObject(HEX.toHexDigits(tag));
        json.write("vr", vr.name());
        if (tag == Tag.SpecificCharacterSet) {
            // names the encoding of this text, no more that of the object (F.1)
            if (!ElementValues.texts(item, vr, value).isEmpty())
                json.writeStartArray("Value").write(ElementTarget.UTF_8).writeEnd();
        } else {
            writeValue(item, vr, value);
        }
        json.writeEnd();
    }

    private void writeValue(Attributes item, VR vr, Object value) {
        switch (ElementValues.form(vr)) {
            case TEXT -> writeArray(ElementValues.texts(item, vr, value), json::write);
            case DECIMAL -> writeArray(ElementValues.texts(item, vr, value), this::writeDecimal);
            case PERSON_NAME -> writeArray(ElementValues.texts(item, vr, value), this::writeName);
            case TAG -> writeArray(ElementValues.integers(item, vr, value), tag -> json.write(HEX.toHexDigits(tag.intValue())));
            case INTEGER -> writeArray(ElementValues.integers(item, vr, value), json::write);
            case REAL -> writeArray(Arrays.stream(ElementValues.reals(item, vr, value)).boxed().toList(), this::writeReal);
            case SEQUENCE -> writeArray(value instanceof Sequence items ? items : List.<Attributes>of(), this::write);
            case BINARY -> {
                if (value instanceof byte[] bytes && bytes.length > 0)
                    json.write("InlineBinary",
                            Base64.getEncoder().encodeToString(ElementValues.littleEndian(item, vr, bytes)));
            }
        }
    }

    private interface ValueWriter<T> {
        void write(T value);
    }

    /** F.2.5: no Value for an empty attribute, {@code null} for an empty value among others. */
    private <T> void writeArray(List<T> values, ValueWriter<T> writer) {
        if (values.isEmpty())
            return;
        json.writeStartArray("Value");
        for (T value : values) {
            if (value == null)
                json.writeNull();
            else
                writer.write(value);
        }
        json.writeEnd();
    }

    /** A stored text that is no number stays what it is. */
    private void writeDecimal(String text) {
        BigDecimal number = ElementValues.decimal(text);
        if (number == null)
            json.write(text);
        else
            json.write(number);
    }

    /** JSON has no number for those that are none. */
    private void writeReal(double value) {
        if (Double.isFinite(value))
            json.write(value);
        else
            json.write(Double.toString(value));
    }

    /** F.2.2: the component groups by their names. */
    private void writeName(String name) {
        json.writeStartObject();
        String[] groups = name.split("=", NAME_GROUPS.size());
        for (int i = 0; i < groups.length; i++)
            if (!groups[i].isEmpty())
                json.write(NAME_GROUPS.get(i), groups[i]);
        json.writeEnd();
    }
}

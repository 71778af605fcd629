package org.hpqr.web.media;

import jakarta.json.JsonReader;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;

/** Writes data sets as an array of the DICOM JSON Model (PS3.18 Annex F), one by one, in UTF-8. */
public final class DicomJsonWriter implements Closeable {

    private static final JsonProvider JSON = JsonProvider.provider();
    private static final List<String> NAME_GROUPS = List.of("Alphabetic", "Ideographic", "Phonetic");

    /** What follows the tag of an element, for each VR. */
    private static final byte[][] VRS = Stream.of(VR.values()).map(vr -> JsonBytes.ascii("\":{\"vr\":\"" + vr.name() + '"'))
            .toArray(byte[][]::new);
    private static final byte[] VALUE = JsonBytes.ascii(",\"Value\":[");
    private static final byte[] INLINE_BINARY = JsonBytes.ascii(",\"InlineBinary\":");
    private static final byte[] NULL = JsonBytes.ascii("null");

    private final JsonBytes json;
    private boolean empty = true;

    /** @param out gets the array; closed by {@link #close} */
    public DicomJsonWriter(OutputStream out) throws IOException {
        json = new JsonBytes(out);
        json.put('[');
    }

    /** Writes one data set as a member of the object that is open in a JSON text of other content. */
    public static void writeMember(JsonGenerator json, String name, Attributes dataset) {
        ByteArrayOutputStream array = new ByteArrayOutputStream();
        try (DicomJsonWriter writer = new DicomJsonWriter(array)) {
            writer.write(dataset);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        try (JsonReader reader = JSON.createReader(new ByteArrayInputStream(array.toByteArray()))) {
            json.write(name, reader.readArray().get(0));
        }
    }

    /**
     * Writes one data set.
     *
     * @throws IOException the stream does not take it
     */
    public void write(Attributes dataset) throws IOException {
        if (!empty)
            json.put(',');
        empty = false;
        writeItem(dataset);
    }

    /**
     * Ends the array.
     *
     * @throws IOException as {@link #write}
     */
    @Override
    public void close() throws IOException {
        json.put(']');
        json.close();
    }

    private void writeItem(Attributes item) throws IOException {
        char separator = '{';
        // F.2.2: in the order of the tags, which are unsigned
        for (int tag : ElementValues.sortedTags(item))
            if (ElementValues.isCarried(tag)) {
                json.put(separator);
                writeElement(item, tag);
                separator = ',';
            }
        if (separator == '{')
            json.put('{');
        json.put('}');
    }

    private void writeElement(Attributes item, int tag) throws IOException {
        VR.Holder holder = new VR.Holder();
        Object value = item.getValue(tag, holder);
        VR vr = holder.vr;
        json.put('"');
        json.putHex(tag);
        json.put(VRS[vr.ordinal()]);
        if (tag == Tag.SpecificCharacterSet) {
            // names the encoding of this text, no more that of the object (F.1)
            if (!ElementValues.texts(item, vr, value).isEmpty())
                writeArray(List.of(ElementTarget.UTF_8), json::putString);
        } else {
            writeValue(item, vr, value);
        }
        json.put('}');
    }

    private void writeValue(Attributes item, VR vr, Object value) throws IOException {
        switch (ElementValues.form(vr)) {
            case TEXT -> writeArray(ElementValues.texts(item, vr, value), json::putString);
            case DECIMAL -> writeArray(ElementValues.texts(item, vr, value), this::writeDecimal);
            case PERSON_NAME -> writeArray(ElementValues.texts(item, vr, value), this::writeName);
            case TAG -> writeArray(ElementValues.integers(item, vr, value), this::writeTag);
            case INTEGER -> writeArray(ElementValues.integers(item, vr, value), this::writeNumber);
            case REAL -> writeArray(Arrays.stream(ElementValues.reals(item, vr, value)).boxed().toList(), this::writeReal);
            case SEQUENCE -> writeArray(value instanceof Sequence items ? items : List.<Attributes>of(), this::writeItem);
            case BINARY -> {
                if (value instanceof byte[] bytes && bytes.length > 0) {
                    json.put(INLINE_BINARY);
                    json.putString(Base64.getEncoder().encodeToString(ElementValues.littleEndian(item, vr, bytes)));
                }
            }
        }
    }

    private interface ValueWriter<T> {
        void write(T value) throws IOException;
    }

    /** F.2.5: no Value for an empty attribute, {@code null} for an empty value among others. */
    private <T> void writeArray(List<T> values, ValueWriter<T> writer) throws IOException {
        if (values.isEmpty())
            return;
        json.put(VALUE);
        for (int i = 0; i < values.size(); i++) {
            if (i > 0)
                json.put(',');
            if (values.get(i) == null)
                json.put(NULL);
            else
                writer.write(values.get(i));
        }
        json.put(']');
    }

    private void writeTag(long tag) throws IOException {
        json.put('"');
        json.putHex((int) tag);
        json.put('"');
    }

    private void writeNumber(Number number) throws IOException {
        json.put(JsonBytes.ascii(number.toString()));
    }

    /** A stored text that is no number stays what it is. */
    private void writeDecimal(String text) throws IOException {
        BigDecimal number = ElementValues.decimal(text);
        if (number == null)
            json.putString(text);
        else
            writeNumber(number);
    }

    /** JSON has no number for those that are none. */
    private void writeReal(double value) throws IOException {
        if (Double.isFinite(value))
            writeNumber(value);
        else
            json.putString(Double.toString(value));
    }

    /** F.2.2: the component groups by their names. */
    private void writeName(String name) throws IOException {
        char separator = '{';
        String[] groups = name.split("=", NAME_GROUPS.size());
        for (int i = 0; i < groups.length; i++)
            if (!groups[i].isEmpty()) {
                json.put(separator);
                json.putString(NAME_GROUPS.get(i));
                json.put(':');
                json.putString(groups[i]);
                separator = ',';
            }
        if (separator == '{')
            json.put('{');
        json.put('}');
    }
}

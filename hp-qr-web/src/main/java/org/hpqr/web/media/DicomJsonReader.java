package org.hpqr.web.media;

import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParserFactory;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dcm4che3.data.Attributes;
import org.hpqr.dataset.DecodingLimits;
import org.hpqr.web.media.ElementValues.Form;

/**
 * Reads data sets of the DICOM JSON Model (PS3.18 Annex F) one by one: an array of them, or a single one. What it makes
 * is in Explicit VR Little Endian and UTF-8.
 */
public final class DicomJsonReader implements DatasetReader {

    private static final JsonParserFactory PARSERS = JsonProvider.provider().createParserFactory(Map.of());
    private static final List<String> NAME_GROUPS = List.of("Alphabetic", "Ideographic", "Phonetic");

    private final InputStream in;
    private final DecodingLimits limits;
    private final boolean metadata;
    private JsonParser json;
    private ElementTarget target;
    private boolean begun;
    private boolean inArray;
    private boolean ended;

    /**
     * @param in     the text; its size is bounded by the caller
     * @param limits of each data set
     */
    public DicomJsonReader(InputStream in, DecodingLimits limits) {
        this(in, limits, false);
    }

    private DicomJsonReader(InputStream in, DecodingLimits limits, boolean metadata) {
        this.limits = limits;
        this.in = in;
        this.metadata = metadata;
    }

    /**
     * Reads metadata (PS3.18 10.4.1.1.2): of an element with a BulkDataURI it is known that it has a value, and the URI is not kept.
     *
     * @param in     the text; its size is bounded by the caller
     * @param limits of all data sets together
     */
    public static DicomJsonReader ofMetadata(InputStream in, DecodingLimits limits) {
        return new DicomJsonReader(in, limits, true);
    }

    @Override
    public Attributes next() throws IOException {
        return JsonText.parse(() -> {
            if (json == null)
                json = PARSERS.createParser(Utf8.reader(in));
            return ended ? null : read();
        });
    }

    private Attributes read() throws MalformedContentException {
        Event event = json.next();
        if (!begun) {
            begun = true;
            inArray = event == Event.START_ARRAY;
            if (inArray)
                event = json.next();
        }
        if (inArray && event == Event.END_ARRAY) {
            checkEnd();
            return null;
        }
        if (event != Event.START_OBJECT)
            throw new MalformedContentException("The content is not an array of data sets");
        target = metadata && target != null ? target.next() : new ElementTarget(limits);
        Attributes dataset = new Attributes();
        Object read = readObject(dataset, 0);
        if (read != dataset)
            throw new MalformedContentException("A person name is in the place of a data set");
        target.end(dataset);
        if (!inArray)
            checkEnd();
        return dataset;
    }

    private void checkEnd() throws MalformedContentException {
        ended = true;
        if (json.hasNext())
            throw new MalformedContentException("There is something after the end of the JSON text");
    }

    /**
     * Reads an object whose beginning was read: a data set, an item, or a person name.
     *
     * @return {@code item}, or the text of the name
     */
    private Object readObject(Attributes item, int depth) throws MalformedContentException {
        Map<String, String> name = new HashMap<>();
        boolean hasElements = false;
        for (Event event = json.next(); event != Event.END_OBJECT; event = json.next()) {
            String key = json.getString();
            if (NAME_GROUPS.contains(key)) {
                if (name.put(key, readString(key)) != null)
                    throw new MalformedContentException("A component group of a name occurs twice");
            } else {
                hasElements = true;
                readElement(item, ElementTarget.tag(key), depth);
            }
        }
        if (name.isEmpty())
            return item;
        if (hasElements)
            throw new MalformedContentException("A person name contains elements");
        return PersonName.join("=", NAME_GROUPS.stream().map(group -> name.getOrDefault(group, "")).toArray(String[]::new));
    }

    private String readString(String what) throws MalformedContentException {
        return switch (json.next()) {
            case VALUE_STRING -> json.getString();
            case VALUE_NULL -> "";
            default -> throw new MalformedContentException(what + " is not a string");
        };
    }

    /** A number, to be told from a string. */
    private record NumberText(String text) {
    }

    private void readElement(Attributes item, int tag, int depth) throws MalformedContentException {
        if (json.next() != Event.START_OBJECT)
            throw new MalformedContentException("An element is not an object");
        String vr = null;
        List<Object> values = null;
        String binary = null;
        boolean elsewhere = false;
        for (Event event = json.next(); event != Event.END_OBJECT; event = json.next()) {
            String key = json.getString();
            switch (key) {
                case "vr" -> {
                    if (vr != null)
                        throw new MalformedContentException("An element has two VRs");
                    vr = readString(key);
                }
                case "Value" -> {
                    if (values != null)
                        throw new MalformedContentException("An element has two values");
                    values = readValues(depth);
                }
                case "InlineBinary" -> {
                    if (binary != null)
                        throw new MalformedContentException("An element has two values");
                    binary = readString(key);
                }
                // fetching what a client names would make this server a client of any other
                case "BulkDataURI" -> {
                    if (!metadata)
                        throw new MalformedContentException("BulkDataURI is not supported");
                    readString(key);
                    elsewhere = true;
                }
                default -> throw new MalformedContentException("An element has an unknown member");
            }
        }
        if (vr == null)
            throw new MalformedContentException("An element has no VR, or an unknown one");
        if (binary != null && values != null || elsewhere && (binary != null || values != null))
            throw new MalformedContentException("An element has two values");
        if (elsewhere)
            target.putBulkData(item, tag, vr);
        else
            put(item, tag, vr, values == null ? List.of() : values, binary);
    }

    private void put(Attributes item, int tag, String vr, List<Object> values, String binary) throws MalformedContentException {
        if (binary != null)
            target.putBinary(item, null, tag, vr, binary);
        else if (vr.equals("SQ"))
            target.putItems(item, null, tag, vr, items(values));
        else
            target.put(item, null, tag, vr, texts(vr, values));
    }

    private static List<Attributes> items(List<Object> values) throws MalformedContentException {
        List<Attributes> items = new ArrayList<>(values.size());
        for (Object value : values) {
            // F.2.5: an empty item is null, or an empty object
            if (value != null && !(value instanceof Attributes))
                throw new MalformedContentException("An item is not an object");
            items.add(value == null ? new Attributes() : (Attributes) value);
        }
        return items;
    }

    private static List<String> texts(String vr, List<Object> values) throws MalformedContentException {
        List<String> texts = new ArrayList<>(values.size());
        for (Object value : values)
            texts.add(text(vr, value));
        return texts;
    }

    /** Numbers may come as strings, as those of IS and DS may (Table F.2.3-1); text that comes as a number is an error. */
    private static String text(String vr, Object value) throws MalformedContentException {
        if (value == null || value instanceof Attributes empty && empty.isEmpty())
            return null;
        Form form = ElementTarget.form(vr);
        if (value instanceof NumberText number && (form == Form.DECIMAL || form == Form.INTEGER || form == Form.REAL))
            return number.text();
        if (value instanceof Name name && form == Form.PERSON_NAME)
            return name.text();
        if (value instanceof String text && form != Form.PERSON_NAME)
            return text;
        throw new MalformedContentException("A value of VR " + vr + " has the wrong JSON type");
    }

    /** A person name, to be told from a string. */
    private record Name(String text) {
    }

    private List<Object> readValues(int depth) throws MalformedContentException {
        if (json.next() != Event.START_ARRAY)
            throw new MalformedContentException("Value is not an array");
        List<Object> values = new ArrayList<>(1);
        for (Event event = json.next(); event != Event.END_ARRAY; event = json.next()) {
            if (event != Event.START_OBJECT)
                target.enterValue();
            values.add(switch (event) {
                case VALUE_STRING -> json.getString();
                case VALUE_NUMBER -> new NumberText(json.getString());
                case VALUE_NULL -> null;
                case START_OBJECT -> {
                    target.enterItem(depth + 1);
                    Object read = readObject(new Attributes(), depth + 1);
                    yield read instanceof String name ? new Name(name) : read;
                }
                default -> throw new MalformedContentException("A value is neither text nor number nor object");
            });
        }
        return values;
    }
}

package org.hpqr.selection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.ElementDictionary;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.hpqr.dataset.DatasetCodec;

/** Makes data sets for the tests. */
final class DataSets {

    static final Code CHEST = new Code("51185008", "SCT", "Chest");
    static final Code HEAD = new Code("69536005", "SCT", "Head");
    static final Code BREAST = new Code("76752008", "SCT", "Breast");

    private DataSets() {
    }

    /**
     * A data set or item of these attributes with the VR of the dictionary.
     *
     * @param tagsAndValues a tag, its value, the next tag, ...; a value is text, a number, a code, an item, an array or list
     *                      of these, or {@code null} for zero length
     */
    static Attributes dataSet(Object... tagsAndValues) {
        Attributes dataSet = new Attributes();
        for (int i = 0; i < tagsAndValues.length; i += 2)
            put(dataSet, (int) tagsAndValues[i], tagsAndValues[i + 1]);
        return dataSet;
    }

    static void put(Attributes dataSet, int tag, Object value) {
        VR vr = ElementDictionary.vrOf(tag, null);
        if (value == null)
            dataSet.setNull(tag, vr);
        else if (value instanceof String text)
            dataSet.setString(tag, vr, text);
        else if (value instanceof String[] texts)
            dataSet.setString(tag, vr, texts);
        else if (value instanceof Integer number)
            dataSet.setInt(tag, vr, number);
        else if (value instanceof int[] numbers)
            dataSet.setInt(tag, vr, numbers);
        else if (value instanceof double[] numbers)
            dataSet.setDouble(tag, vr, numbers);
        else
            putItems(dataSet, tag, value instanceof List<?> items ? items : List.of(value));
    }

    private static void putItems(Attributes dataSet, int tag, List<?> items) {
        Sequence sequence = dataSet.newSequence(tag, items.size());
        for (Object item : items)
            sequence.add(item instanceof Code code ? item(code) : (Attributes) item);
    }

    static Attributes item(Code code) {
        return dataSet(Tag.CodeValue, code.value(), Tag.CodingSchemeDesignator, code.scheme(), Tag.CodeMeaning, code.meaning());
    }

    /** A site's protocol with these definitions and nothing else. */
    static Attributes protocol(String uid, Attributes... definitions) {
        return dataSet(Tag.SOPInstanceUID, uid, Tag.HangingProtocolName, "Protocol " + uid, Tag.HangingProtocolLevel, "SITE",
                Tag.HangingProtocolDefinitionSequence, List.of(definitions));
    }

    static Attributes changed(Attributes dataSet, Consumer<Attributes> change) {
        change.accept(dataSet);
        return dataSet;
    }

    /** As it comes out of a decoder: every value in its bytes. */
    static Attributes received(Attributes dataSet) {
        try {
            return DatasetCodec.decode(DatasetCodec.encode(dataSet, UID.ExplicitVRLittleEndian), UID.ExplicitVRLittleEndian);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

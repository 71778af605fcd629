package org.hpqr.ohif;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.util.Arrays;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.VR;

/** Data sets of tests in the DICOM JSON Model (PS3.18 Annex F). */
final class DicomJson {

    private DicomJson() {
    }

    static JsonObject of(Attributes item) {
        JsonObjectBuilder json = Json.createObjectBuilder();
        for (int tag : item.tags()) {
            VR vr = item.getVR(tag);
            JsonObjectBuilder element = Json.createObjectBuilder().add("vr", vr.name());
            JsonArrayBuilder values = Json.createArrayBuilder();
            if (item.getValue(tag) instanceof Sequence items)
                items.forEach(nested -> values.add(of(nested)));
            else if (vr == VR.AT)
                Arrays.stream(item.getInts(tag)).forEach(value -> values.add(String.format("%08X", value)));
            else if (item.containsValue(tag))
                for (String value : item.getStrings(tag))
                    if (isNumber(vr))
                        values.add(new BigDecimal(value.strip()));
                    else
                        values.add(value);
            if (item.containsValue(tag))
                element.add("Value", values);
            json.add(String.format("%08X", tag), element);
        }
        return json.build();
    }

    static boolean isNumber(VR vr) {
        return Mapping.NUMBERS.contains(vr.name());
    }
}

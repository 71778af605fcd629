package org.hpqr.ohif;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.junit.jupiter.api.Test;

/** What no conversion knows is reported, wherever in a protocol it is added. In both directions. */
class NothingIsLostTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    /** Said of a whole sequence, but not that something of it is lost. */
    private static final Set<String> GENERAL = Set.of("one-series", "several-protocols", "filter-series", "plane");

    @Test
    void fromDicom() {
        Set<String> lost = new TreeSet<>();
        DicomRow.all().forEach(row -> addToEachItem(row.protocol(), new ArrayList<>(), lost));

        assertEquals(Set.of(), lost);
    }

    /** @param way to the item: sequence, index and so on */
    private static void addToEachItem(Attributes protocol, List<Integer> way, Set<String> lost) {
        Attributes item = at(protocol, way);
        for (int tag : item.tags())
            if (item.getValue(tag) instanceof Sequence items)
                for (int i = 0; i < items.size(); i++) {
                    List<Integer> deeper = new ArrayList<>(way);
                    deeper.addAll(List.of(tag, i));
                    addToEachItem(protocol, deeper, lost);
                }
        Attributes more = new Attributes(protocol);
        at(more, way).setString(Tag.ImageComments, VR.LT, "x");
        at(more, way).setString("SOMEBODY", 0x00730001, VR.LO, "x");
        List<Diagnostic> diagnostics = ToOhif.convert(more).diagnostics();
        for (String added : List.of("00204000", "00731001"))
            if (!isReported(diagnostics, path(way) + added))
                lost.add(path(way).replaceAll("\\[[0-9]+]", "") + added);
    }

    private static boolean isReported(List<Diagnostic> diagnostics, String path) {
        return diagnostics.stream().anyMatch(diagnostic -> path.startsWith(diagnostic.path()) && !GENERAL.contains(diagnostic.code()));
    }

    private static Attributes at(Attributes protocol, List<Integer> way) {
        Attributes item = protocol;
        for (int i = 0; i < way.size(); i += 2)
            item = item.getSequence(way.get(i)).get(way.get(i + 1));
        return item;
    }

    private static String path(List<Integer> way) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < way.size(); i += 2)
            path.append(Mapping.keyword(way.get(i))).append('[').append(way.get(i + 1) + 1).append("].");
        return path.toString();
    }

    @Test
    void fromOhif() throws Exception {
        Set<String> lost = new TreeSet<>();
        for (OhifRow row : OhifRow.all().toList())
            addToEachObject(row.protocol(), row.protocol(), "", lost);

        assertEquals(Set.of(), lost);
    }

    private static void addToEachObject(JsonObject protocol, JsonValue value, String pointer, Set<String> lost) throws InvalidOhifProtocolException {
        if (value instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++)
                addToEachObject(protocol, array.get(i), pointer + '/' + i, lost);
        } else if (value instanceof JsonObject object) {
            for (Map.Entry<String, JsonValue> field : object.entrySet())
                addToEachObject(protocol, field.getValue(), pointer + '/' + field.getKey(), lost);
            // there, it is one more selector
            if (pointer.equals("/displaySetSelectors"))
                return;
            JsonObject more = Json.createPatchBuilder().add(pointer + "/added", "x").build().apply(protocol);
            String path = (pointer + "/added").substring(1).replaceAll("/([0-9]+)(?=/|$)", "[$1]").replace('/', '.');
            if (!isReported(FromOhif.convert(more, NOW).diagnostics(), path))
                lost.add(path.replaceAll("\\[[0-9]+]", ""));
        }
    }
}

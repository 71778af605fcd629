package org.hpqr.ohif;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.io.DicomInputStream;
import org.hpqr.library.WriteLibrary;
import org.hpqr.selection.Display;
import org.hpqr.selection.DisplaySet;
import org.hpqr.selection.HangingProtocolSelection;
import org.hpqr.selection.ImageBox;
import org.hpqr.selection.ImageReference;
import org.hpqr.selection.Layout;
import org.hpqr.testkit.ohif.OhifPackages;
import org.hpqr.testkit.server.ExternalProcess;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * OHIF's own hanging protocol engine, {@code @ohif/core} of npm, under Node: for each protocol of the library, each sample and each row
 * of the table it shows in its viewports what {@code org.hpqr.selection} says, and the package as it is published makes of DICOM what
 * the server makes.
 */
class OhifEngineIT {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private static Path directory;

    private Map<String, Attributes> library;
    private List<JsonObject> fixtures;

    @BeforeAll
    static void install() throws IOException {
        assumeTrue(OhifPackages.canBeInstalled(), "nodejs and npm are not installed");
        directory = OhifPackages.install(Path.of(""));
    }

    @Test
    void ohifShowsWhatTheSelectionSays() throws Exception {
        fixtures = new ArrayList<>();
        library = WriteLibrary.read(Path.of("../src/library"));
        for (Map.Entry<String, Attributes> protocol : library.entrySet())
            fixtures.add(fixture("library", protocol.getKey(), protocol.getValue()));
        try (Stream<Path> samples = Files.list(Path.of("../src/samples"))) {
            for (Path sample : samples.filter(file -> file.toString().endsWith(".dcm")).sorted().toList())
                fixtures.add(fixture("sample", sample.getFileName().toString(), read(sample)));
        }
        for (DicomRow row : DicomRow.all().toList())
            fixtures.add(fixture("row", row.toString(), row.protocol()));
        for (OhifRow row : OhifRow.all().toList())
            fixtures.add(fixture(row.toString(), row.protocol()));
        Files.writeString(directory.resolve("fixtures.json"), Json.createArrayBuilder(fixtures).build().toString());

        ExternalProcess node = new ExternalProcess(directory, Map.of(), List.of("node", "engine.mjs"));
        assertEquals(0, node.awaitEnd(), node::output);
        System.out.println(node.output());
    }

    private static Attributes read(Path file) throws IOException {
        try (DicomInputStream in = new DicomInputStream(file.toFile())) {
            return in.readDataset(-1, -1);
        }
    }

    private JsonObject fixture(String kind, String name, Attributes protocol) {
        SyntheticStudies studies = new SyntheticStudies(protocol, fixtures.size());
        JsonObject dicom = DicomJson.of(protocol);
        OhifProtocols converted = ToOhif.convert(protocol);
        return json(kind, name, protocol, studies, converted.protocols(), converted.diagnostics()).add("dicom", dicom).build();
    }

    private JsonObject fixture(String name, JsonObject protocol) throws InvalidOhifProtocolException {
        DicomProtocol converted = FromOhif.convert(protocol, NOW);
        return json("ohif", name, converted.dataset(), new SyntheticStudies(converted.dataset(), fixtures.size()), List.of(protocol),
                converted.diagnostics()).add("dicom", DicomJson.of(converted.dataset())).build();
    }

    private JsonObjectBuilder json(String kind, String name, Attributes protocol, SyntheticStudies studies, List<JsonObject> protocols,
                                          List<Diagnostic> diagnostics) {
        JsonArrayBuilder reported = Json.createArrayBuilder();
        diagnostics.forEach(diagnostic -> reported.add(Json.createObjectBuilder().add("path", diagnostic.path()).add("code", diagnostic.code())
                .add("message", diagnostic.message())));
        JsonObjectBuilder applicable = Json.createObjectBuilder();
        HangingProtocolSelection.of(library.values()).apply(studies.current(), studies.priors(), new Display(List.of())).applicable()
                .forEach(candidate -> applicable.add(candidate.sopInstanceUid(), candidate.rank()));
        return Json.createObjectBuilder().add("kind", kind).add("name", name).add("protocols", Json.createArrayBuilder(protocols))
                .add("diagnostics", reported).add("studies", studies.json()).add("applicable", applicable)
                .add("layout", layout(HangingProtocolSelection.layout(protocol, studies.current(), studies.priors())));
    }

    /** For each presentation group the boxes, and of each the series that it shows images of. */
    private static JsonValue layout(Layout layout) {
        Map<Integer, JsonArrayBuilder> groups = new TreeMap<>();
        for (int d = 0; d < layout.displaySets().size(); d++) {
            DisplaySet set = layout.displaySets().get(d);
            for (ImageBox box : set.boxes()) {
                JsonArrayBuilder series = Json.createArrayBuilder();
                set.images().subList(box.firstImage(), box.firstImage() + box.images()).stream().map(ImageReference::seriesInstanceUid)
                        .distinct().forEach(series::add);
                groups.computeIfAbsent(set.presentationGroup(), group -> Json.createArrayBuilder())
                        .add(Json.createObjectBuilder().add("displaySet", d + 1).add("series", series));
            }
        }
        JsonArrayBuilder json = Json.createArrayBuilder();
        groups.values().forEach(json::add);
        return json.build();
    }
}

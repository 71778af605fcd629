package org.hpqr.ohif;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.util.TagUtils;

/**
 * Makes protocols of OHIF of a DICOM Hanging Protocol (PS3.3 A.44). {@code docs/viewers.md} has the table. The browser does the
 * same in {@code hp-qr-ohif/convert.js}; their tests compare them.
 */
public final class ToOhif {

    private static final Pattern DATE_TIME =
            Pattern.compile("(\\d{4})(\\d\\d)?(\\d\\d)?(\\d\\d)?(\\d\\d)?(\\d\\d)?(\\.\\d+)?([+-]\\d\\d)?(\\d\\d)?");
    private static final String DEFINITIONS = "HangingProtocolDefinitionSequence";

    private final Item protocol;
    private final Diagnostics diagnostics = new Diagnostics();
    private final Map<String, JsonObject> selectors = new LinkedHashMap<>();
    private final ImageSetRules imageSetRules;
    private final int priors;

    private ToOhif(Attributes dataset) {
        protocol = new Item(dataset);
        priors = protocol.integer(Tag.NumberOfPriorsReferenced).orElse(0);
        imageSetRules = new ImageSetRules(diagnostics, priors);
    }

    /**
     * Converts a data set. One that was made of a protocol of OHIF, and not changed since, becomes that protocol again.
     *
     * @param dataset of a Hanging Protocol. Not to be used by another thread meanwhile
     */
    public static OhifProtocols convert(Attributes dataset) {
        return OriginalProtocol.of(dataset).map(original -> new OhifProtocols(List.of(original), List.of()))
                .orElseGet(() -> new ToOhif(dataset).run());
    }

    private OhifProtocols run() {
        if (OriginalProtocol.isIn(protocol.attributes()))
            diagnostics.report(OriginalProtocol.CREATOR, "original");
        reportOthers(diagnostics, protocol, "protocol", "");
        List<List<JsonObject>> definitions = definitions();
        Map<Integer, ImageSetRules.ImageSet> imageSets = imageSetRules.read(protocol);
        JsonArrayBuilder stages = stages(imageSets);
        int screens = protocol.integer(Tag.NumberOfScreens).orElse(1);
        if (screens > 1)
            diagnostics.report("NumberOfScreens", "screens", String.valueOf(screens));
        JsonObject availableTo = availableTo();
        JsonObjectBuilder selectorsJson = Json.createObjectBuilder();
        selectors.forEach(selectorsJson::add);
        JsonObject rest = Json.createObjectBuilder().add("availableTo", availableTo).add("editableBy", JsonValue.EMPTY_JSON_OBJECT)
                .add("numberOfPriorsReferenced", priors == 0 ? -1 : priors).add("displaySetSelectors", selectorsJson)
                .add("stages", stages).build();
        String id = protocol.text(Tag.SOPInstanceUID).orElse("");
        int weight = Mapping.weight(protocol.text(Tag.HangingProtocolLevel).orElse(null));
        List<JsonObject> protocols = new ArrayList<>();
        for (List<JsonObject> rules : definitions) {
            JsonObjectBuilder json = Json.createObjectBuilder().add("id", protocols.isEmpty() ? id : id + '#' + (protocols.size() + 1));
            protocol.text(Tag.HangingProtocolName).ifPresent(name -> json.add("name", name));
            protocol.text(Tag.HangingProtocolDescription).ifPresent(description -> json.add("description", description));
            protocol.text(Tag.HangingProtocolCreationDateTime).flatMap(ToOhif::isoDate).ifPresent(date -> json.add("createdDate", date));
            JsonArrayBuilder weighted = Json.createArrayBuilder();
            for (int i = 0; i < rules.size(); i++)
                weighted.add(Json.createObjectBuilder(rules.get(i)).add("weight", i == 0 ? weight : 1));
            json.add("protocolMatchingRules", weighted);
            rest.forEach(json::add);
            protocols.add(json.build());
        }
        return new OhifProtocols(protocols, diagnostics.found());
    }

    /** Reports everything that has a value and is not treated. */
    static void reportOthers(Diagnostics diagnostics, Item item, String level, String path) {
        List<String> treated = Mapping.treated(level);
        IntStream.of(item.attributes().tags()).boxed().sorted(Integer::compareUnsigned)
                .filter(tag -> item.attributes().containsValue(tag) && !treated.contains(Mapping.keyword(tag))
                        && !(TagUtils.isPrivateGroup(tag) && (tag & 0xFFFF) < 0x100)
                        // group 0008 of the protocol itself says which object it is, not what is shown
                        && !(level.equals("protocol") && (tag >>> 16 == 0x0008 || OriginalProtocol.isIts(tag, item.attributes()))))
                .forEach(tag -> diagnostics.report(path + Mapping.keyword(tag), "unsupported", Mapping.keyword(tag)));
    }

    private JsonObject availableTo() {
        JsonObjectBuilder json = Json.createObjectBuilder();
        protocol.text(Tag.HangingProtocolLevel).ifPresent(level -> json.add("level", level));
        protocol.text(Tag.HangingProtocolUserGroupName).ifPresent(group -> json.add("group", group));
        List<Item> users = protocol.items(Tag.HangingProtocolUserIdentificationCodeSequence);
        JsonArrayBuilder codes = Json.createArrayBuilder();
        for (int i = 0; i < users.size(); i++) {
            Item user = users.get(i);
            reportOthers(diagnostics, user, "user", "HangingProtocolUserIdentificationCodeSequence[" + (i + 1) + "].");
            JsonObjectBuilder code = Json.createObjectBuilder();
            user.text(Tag.CodeValue).ifPresent(value -> code.add("value", value));
            user.text(Tag.CodingSchemeDesignator).ifPresent(scheme -> code.add("scheme", scheme));
            user.text(Tag.CodeMeaning).ifPresent(meaning -> code.add("meaning", meaning));
            codes.add(code);
        }
        if (!users.isEmpty())
            json.add("users", codes);
        return json.build();
    }

    /** @param meanings of the codes that are asked for, in each part */
    private record Definition(boolean modality, List<List<String>> meanings) {
    }

    /** For each set of codes that definitions ask for, the rules; the modalities are alternatives. */
    private List<List<JsonObject>> definitions() {
        Map<Definition, List<String>> modalities = new LinkedHashMap<>();
        List<Item> items = protocol.items(Tag.HangingProtocolDefinitionSequence);
        for (int i = 0; i < items.size(); i++) {
            String path = DEFINITIONS + '[' + (i + 1) + ']';
            reportOthers(diagnostics, items.get(i), "definition", path + '.');
            Optional<String> modality = items.get(i).text(Tag.Modality);
            List<List<String>> meanings = meanings(items.get(i), path);
            if (modality.isEmpty() && meanings.isEmpty())
                diagnostics.report(path, "never-chosen");
            List<String> alternatives = modalities.computeIfAbsent(new Definition(modality.isPresent(), meanings), key -> new ArrayList<>());
            modality.ifPresent(alternatives::add);
        }
        if (modalities.size() > 1)
            diagnostics.report(DEFINITIONS, "several-protocols", String.valueOf(modalities.size()));
        List<List<JsonObject>> rules = new ArrayList<>();
        modalities.forEach((definition, alternatives) -> {
            List<JsonObject> all = new ArrayList<>();
            if (definition.modality)
                // not "contains", which would find US in IVUS
                all.add(definitionRule("ModalitiesInStudy", "includes", alternatives));
            definition.meanings.forEach(wanted -> all.add(definitionRule("StudyDescription", "containsI", wanted)));
            rules.add(all);
        });
        return rules;
    }

    private List<List<String>> meanings(Item definition, String path) {
        List<List<String>> meanings = new ArrayList<>();
        for (String keyword : Mapping.DEFINITION_TEXTS) {
            List<Item> codes = definition.items(Mapping.tag(keyword).orElseThrow());
            List<String> wanted = codes.stream().flatMap(code -> code.text(Tag.CodeMeaning).stream()).toList();
            if (!wanted.isEmpty()) {
                meanings.add(wanted);
                diagnostics.report(path + '.' + keyword, "definition-code", String.join(", ", wanted));
            } else if (!codes.isEmpty()) {
                diagnostics.report(path + '.' + keyword, "unsupported", keyword);
            }
        }
        return meanings;
    }

    private static JsonObject definitionRule(String attribute, String validator, List<String> wanted) {
        return Json.createObjectBuilder().add("attribute", attribute).add("required", true)
                .add("constraint", Json.createObjectBuilder().add(validator, Json.createArrayBuilder(wanted))).build();
    }

    /** The viewports of a presentation group. */
    private static final class Stage {
        private String name;
        private final List<JsonObject> viewports = new ArrayList<>();
        private final List<Place> places = new ArrayList<>();
    }

    /** A stage for each presentation group. */
    private JsonArrayBuilder stages(Map<Integer, ImageSetRules.ImageSet> imageSets) {
        Map<Integer, JsonArrayBuilder> synchronizedSets = synchronizedSets();
        Map<Integer, Stage> groups = new TreeMap<>();
        List<Item> items = protocol.items(Tag.DisplaySetsSequence);
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            Stage stage = groups.computeIfAbsent(item.integer(Tag.DisplaySetPresentationGroup).orElse(1), group -> new Stage());
            if (stage.name == null)
                stage.name = item.text(Tag.DisplaySetPresentationGroupDescription).orElse(null);
            displaySet(item, "DisplaySetsSequence[" + (i + 1) + "].", imageSets, synchronizedSets, stage);
        }
        boolean adapt = protocol.text(Tag.PartialDataDisplayHandling).filter("ADAPT_LAYOUT"::equals).isPresent();
        if (adapt)
            diagnostics.report("PartialDataDisplayHandling", "partial-data");
        JsonArrayBuilder stages = Json.createArrayBuilder();
        groups.forEach((group, stage) -> {
            JsonObjectBuilder json = Json.createObjectBuilder().add("id", "group " + group)
                    .add("name", stage.name != null ? stage.name : "Presentation group " + group)
                    .add("viewportStructure", Json.createObjectBuilder().add("layoutType", "grid").add("properties", Place.grid(stage.places)))
                    .add("viewports", Json.createArrayBuilder(stage.viewports));
            if (adapt)
                json.add("stageActivation", Json.createObjectBuilder().add("enabled",
                        Json.createObjectBuilder().add("minViewportsMatched", stage.viewports.size())));
            stages.add(json);
        });
        return stages;
    }

    private Map<Integer, JsonArrayBuilder> synchronizedSets() {
        Map<Integer, JsonArrayBuilder> sets = new LinkedHashMap<>();
        List<Item> items = protocol.items(Tag.SynchronizedScrollingSequence);
        for (int i = 0; i < items.size(); i++) {
            reportOthers(diagnostics, items.get(i), "scrolling", "SynchronizedScrollingSequence[" + (i + 1) + "].");
            String id = "scroll " + (i + 1);
            items.get(i).numbers(Tag.DisplaySetScrollingGroup).forEach(set -> sets
                    .computeIfAbsent(set.intValue(), key -> Json.createArrayBuilder())
                    .add(Json.createObjectBuilder().add("type", "imageSlice").add("id", id).add("source", true).add("target", true)));
        }
        return sets;
    }

    /** A viewport for each image box. */
    private void displaySet(Item item, String path, Map<Integer, ImageSetRules.ImageSet> imageSets,
                            Map<Integer, JsonArrayBuilder> synchronizedSets, Stage stage) {
        reportOthers(diagnostics, item, "displaySet", path);
        Optional<Integer> number = item.integer(Tag.ImageSetNumber);
        ImageSetRules.ImageSet imageSet = number.map(imageSets::get).orElse(null);
        if (imageSet == null)
            diagnostics.report(path + "ImageSetNumber", "image-set", String.valueOf(number.orElse(0)));
        else if (item.text(Tag.DisplaySetLabel).filter(label -> !label.equals(imageSet.label())).isPresent())
            diagnostics.report(path + "DisplaySetLabel", "unsupported", "DisplaySetLabel");
        List<JsonObject> rules = new ArrayList<>(imageSet == null ? List.of() : imageSet.rules());
        rules.addAll(imageSetRules.filters(item, path));
        List<Item> sorting = item.items(Tag.SortingOperationsSequence);
        for (int i = 0; i < sorting.size(); i++)
            diagnostics.report(path + "SortingOperationsSequence[" + (i + 1) + ']', "sorting",
                    sorting.get(i).text(Tag.SortByCategory).orElse(ImageSetRules.attributeName(sorting.get(i))));
        DisplayOptions display = DisplayOptions.of(item, path, diagnostics);
        if (display.volume())
            rules.add(ImageSetRules.rule("isReconstructable", true,
                    Json.createObjectBuilder().add("equals", Json.createObjectBuilder().add("value", true)).build()));
        String id = imageSet == null || imageSet.rules().isEmpty() ? null : selectorId(imageSet, rules);
        JsonObjectBuilder viewportOptions = Json.createObjectBuilder(display.viewport());
        JsonArrayBuilder syncGroups = item.integer(Tag.DisplaySetNumber).map(synchronizedSets::get).orElse(null);
        if (syncGroups != null) {
            JsonValue built = syncGroups.build();
            // building empties the builder, and a display set of two groups of the same number needs it again
            synchronizedSets.put(item.integer(Tag.DisplaySetNumber).orElseThrow(), Json.createArrayBuilder(built.asJsonArray()));
            viewportOptions.add("syncGroups", built);
        }
        JsonObject options = viewportOptions.build();
        List<Item> boxes = item.items(Tag.ImageBoxesSequence);
        for (int b = 0; b < boxes.size(); b++) {
            stage.places.add(Place.of(boxes.get(b), path + "ImageBoxesSequence[" + (b + 1) + ']', b, diagnostics));
            JsonArrayBuilder shown = Json.createArrayBuilder();
            if (id != null) {
                JsonObjectBuilder one = Json.createObjectBuilder().add("id", id);
                if (b > 0)
                    one.add("matchedDisplaySetsIndex", b);
                shown.add(one.add("options", display.options()));
            }
            stage.viewports.add(Json.createObjectBuilder().add("viewportOptions", options).add("displaySets", shown).build());
        }
    }

    /** Selectors are shared where they are equal, and have different names where they are not. */
    private String selectorId(ImageSetRules.ImageSet imageSet, List<JsonObject> rules) {
        JsonObjectBuilder json = Json.createObjectBuilder();
        if (!imageSet.studyRules().isEmpty())
            json.add("studyMatchingRules", Json.createArrayBuilder(imageSet.studyRules()));
        JsonObject selector = json.add("seriesMatchingRules", Json.createArrayBuilder(rules)).build();
        for (int i = 1;; i++) {
            String id = i == 1 ? imageSet.label() : imageSet.label() + ' ' + i;
            if (selectors.putIfAbsent(id, selector) == null || selectors.get(id).equals(selector))
                return id;
        }
    }

    /** DT (PS3.5 6.2) as ISO 8601, as far as it goes. */
    private static Optional<String> isoDate(String dateTime) {
        Matcher parts = DATE_TIME.matcher(dateTime);
        if (!parts.matches())
            return Optional.empty();
        StringBuilder date = new StringBuilder(parts.group(1));
        if (parts.group(2) != null)
            date.append('-').append(parts.group(2));
        if (parts.group(3) != null)
            date.append('-').append(parts.group(3));
        if (parts.group(4) != null) {
            date.append('T').append(parts.group(4)).append(':').append(orElse(parts.group(5), "00"));
            if (parts.group(6) != null)
                date.append(':').append(parts.group(6)).append(orElse(parts.group(7), ""));
            if (parts.group(8) != null)
                date.append(parts.group(8)).append(':').append(orElse(parts.group(9), "00"));
        }
        return Optional.of(date.toString());
    }

    private static String orElse(String text, String otherwise) {
        return text == null ? otherwise : text;
    }
}

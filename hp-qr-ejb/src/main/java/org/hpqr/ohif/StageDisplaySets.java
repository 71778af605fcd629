package org.hpqr.ohif;

import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;

/** Makes display sets (PS3.3 C.23.3) of the stages of OHIF: a presentation group of each, a display set of each viewport. */
final class StageDisplaySets {

    private static final Map<String, String> DIRECTIONS = Mapping.ORIENTATIONS.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
    private static final Map<String, String> PALETTES = Mapping.COLORMAPS.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
    private static final Map<String, String> PALETTE_UIDS = Map.of("HOT_IRON", "1.2.840.10008.1.5.1");
    private static final Set<String> SCROLLING = Set.of("imageslice", "stackimage");
    private static final String VIEWPORT_OPTIONS = "viewportOptions";
    private static final String LAYOUT_TYPE = "layoutType";
    private static final int LABEL = 64;
    /** A number of VR US. */
    private static final int MOST = 0xFFFF;

    private final Diagnostics diagnostics;
    private final SelectorRules selectors;
    private final Attributes dataset;
    private final Sequence displaySets;
    private int incomplete;

    StageDisplaySets(Diagnostics diagnostics, SelectorRules selectors, Attributes dataset) {
        this.diagnostics = diagnostics;
        this.selectors = selectors;
        this.dataset = dataset;
        displaySets = dataset.newSequence(Tag.DisplaySetsSequence, 4);
    }

    void read(List<Fields> stages) throws InvalidOhifProtocolException {
        List<List<Integer>> scrolling = new ArrayList<>();
        for (int s = 0; s < stages.size(); s++)
            stage(stages.get(s), s + 1, scrolling);
        dataset.setString(Tag.PartialDataDisplayHandling, VR.CS,
                !stages.isEmpty() && incomplete == stages.size() ? "ADAPT_LAYOUT" : "MAINTAIN_LAYOUT");
        if (!scrolling.isEmpty()) {
            Sequence groups = dataset.newSequence(Tag.SynchronizedScrollingSequence, scrolling.size());
            for (List<Integer> numbers : scrolling) {
                Attributes item = new Attributes();
                item.setInt(Tag.DisplaySetScrollingGroup, VR.US, numbers.stream().mapToInt(Integer::intValue).toArray());
                groups.add(item);
            }
        }
    }

    private void stage(Fields stage, int group, List<List<Integer>> scrolling) throws InvalidOhifProtocolException {
        stage.reportOthers(diagnostics, Set.of("id", "name", "viewportStructure", "viewports", "stageActivation"));
        List<Fields> viewports = stage.objects("viewports");
        activation(stage, viewports.size());
        Fields structure = stage.object("viewportStructure");
        structure.reportOthers(diagnostics, Set.of(LAYOUT_TYPE, "properties"));
        if (structure.text(LAYOUT_TYPE).filter(type -> !type.equals("grid")).isPresent())
            diagnostics.report(structure.at(LAYOUT_TYPE), "ohif-only", LAYOUT_TYPE);
        Fields properties = structure.object("properties");
        properties.reportOthers(diagnostics, Set.of("rows", "columns", "layoutOptions"));
        List<Fields> places = properties.objects("layoutOptions");
        places.forEach(place -> place.reportOthers(diagnostics, Set.of("x", "y", "width", "height")));
        int rows = Math.max(1, properties.integer("rows").orElse(1));
        int columns = Math.max(1, properties.integer("columns").orElse(1));
        Map<String, List<Integer>> together = new LinkedHashMap<>();
        for (int v = 0; v < viewports.size(); v++) {
            Place place = v < places.size() ? place(places.get(v))
                    : new Place((double) (v % columns) / columns, (double) (v / columns) / rows, 1.0 / columns, 1.0 / rows);
            viewport(viewports.get(v), place, group, stage, together);
        }
        together.values().stream().filter(numbers -> numbers.size() > 1).forEach(scrolling::add);
    }

    private static Place place(Fields place) {
        return new Place(place.real("x", 0), place.real("y", 0), place.real("width", 1), place.real("height", 1));
    }

    /** Partial Data Display Handling (0072,0208), as far as OHIF says it: a stage that counts only if all viewports are filled. */
    private void activation(Fields stage, int viewports) {
        Fields activation = stage.object("stageActivation");
        Optional<Integer> least = activation.object("enabled").integer("minViewportsMatched");
        if (least.filter(count -> count == viewports && count > 1).isPresent())
            incomplete++;
        else if (least.filter(count -> count != 1).isPresent())
            diagnostics.report(activation.at("enabled") + ".minViewportsMatched", "ohif-only", "minViewportsMatched");
        activation.reportOthers(diagnostics, Set.of("enabled"));
        activation.object("enabled").reportOthers(diagnostics, Set.of("minViewportsMatched"));
    }

    private void viewport(Fields viewport, Place place, int group, Fields stage, Map<String, List<Integer>> together)
            throws InvalidOhifProtocolException {
        viewport.reportOthers(diagnostics, Set.of(VIEWPORT_OPTIONS, "displaySets"));
        List<Fields> shown = viewport.objects("displaySets");
        Optional<SelectorRules.ImageSet> imageSet = shown.isEmpty() ? Optional.empty()
                : shown.get(0).text("id").flatMap(selectors::find);
        if (imageSet.isEmpty()) {
            diagnostics.report(viewport.path(), "empty-viewport");
            return;
        }
        if (shown.size() > 1)
            diagnostics.report(viewport.at("displaySets"), "several-display-sets");
        if (displaySets.size() == MOST)
            throw new InvalidOhifProtocolException("The protocol has more viewports than DICOM has numbers for");
        Attributes set = new Attributes();
        int number = displaySets.size() + 1;
        set.setInt(Tag.DisplaySetNumber, VR.US, number);
        set.setInt(Tag.DisplaySetPresentationGroup, VR.US, group);
        stage.text("name").ifPresent(name -> set.setString(Tag.DisplaySetPresentationGroupDescription, VR.LO, label(name, stage)));
        set.setInt(Tag.ImageSetNumber, VR.US, imageSet.get().number());
        Attributes box = new Attributes();
        box.setInt(Tag.ImageBoxNumber, VR.US, 1);
        box.setDouble(Tag.DisplayEnvironmentSpatialPosition, VR.FD, place.corners());
        set.newSequence(Tag.ImageBoxesSequence, 1).add(box);
        Sequence filters = set.newSequence(Tag.FilterOperationsSequence, imageSet.get().filters().size());
        imageSet.get().filters().forEach(filter -> filters.add(new Attributes(filter)));
        set.newSequence(Tag.SortingOperationsSequence, 0);
        displaySets.add(set);
        options(shown.get(0), viewport.object(VIEWPORT_OPTIONS), set, box);
        synchronization(viewport.object(VIEWPORT_OPTIONS), number, together);
    }

    private String label(String name, Fields stage) {
        String label = FromOhif.allowed(name, LABEL);
        if (!label.equals(name) && displaySets.stream().noneMatch(set -> set.containsValue(Tag.DisplaySetPresentationGroupDescription)))
            diagnostics.report(stage.at("name"), "shortened", name);
        return label;
    }

    private void options(Fields shown, Fields viewport, Attributes set, Attributes box) {
        shown.reportOthers(diagnostics, Set.of("id", "matchedDisplaySetsIndex", "options"));
        if (shown.integer("matchedDisplaySetsIndex").orElse(0) != 0)
            diagnostics.report(shown.at("matchedDisplaySetsIndex"), "matched-index");
        Fields options = shown.object("options");
        boolean projection = options.text("blendMode").filter("MIP"::equals).isPresent()
                && options.text("slabThickness").filter("fullVolume"::equals).isPresent();
        options.reportOthers(diagnostics, projection ? Set.of("voi", "voiInverted", "colormap", "blendMode", "slabThickness")
                : Set.of("voi", "voiInverted", "colormap"));
        reformatting(viewport, projection, set, box);
        Fields window = options.object("voi");
        if (!window.object().isEmpty()) {
            window.reportOthers(diagnostics, Set.of("windowWidth", "windowCenter"));
            Optional<String> type = Mapping.voiType(window.object().get("windowWidth"), window.object().get("windowCenter"));
            type.ifPresent(voi -> set.setString(Tag.VOIType, VR.CS, voi));
            if (type.isEmpty())
                diagnostics.report(window.path(), "window-numbers", window.object().get("windowWidth") + "/" + window.object().get("windowCenter"));
        }
        JsonValue inverted = options.object().get("voiInverted");
        if (inverted == JsonValue.TRUE || inverted == JsonValue.FALSE)
            set.setString(Tag.ShowGrayscaleInverted, VR.CS, inverted == JsonValue.TRUE ? "YES" : "NO");
        Fields colormap = options.object("colormap");
        Optional<String> palette = colormap.text("name").map(PALETTES::get);
        palette.ifPresent(name -> palette(name, set));
        colormap.reportOthers(diagnostics, palette.isPresent() ? Set.of("name") : Set.of());
    }

    /** A palette of PS3.6 Annex B with its instance. */
    private static void palette(String name, Attributes set) {
        set.setString(Tag.PseudoColorType, VR.CS, name);
        Attributes reference = new Attributes();
        reference.setString(Tag.ReferencedSOPClassUID, VR.UI, UID.ColorPaletteStorage);
        reference.setString(Tag.ReferencedSOPInstanceUID, VR.UI, PALETTE_UIDS.get(name));
        set.newSequence(Tag.PseudoColorPaletteInstanceReferenceSequence, 1).add(reference);
    }

    private void reformatting(Fields viewport, boolean projection, Attributes set, Attributes box) {
        // the id says nothing of what is shown
        viewport.reportOthers(diagnostics, Set.of("viewportType", "orientation", "syncGroups", "viewportId", "toolGroupId"));
        String type = viewport.text("viewportType").orElse("stack");
        if (viewport.text("toolGroupId").filter(tools -> !tools.equals("default") && !tools.equals(type)).isPresent())
            diagnostics.report(viewport.at("toolGroupId"), "ohif-only", "toolGroupId");
        Optional<String> orientation = viewport.text("orientation");
        String direction = orientation.map(DIRECTIONS::get).orElse(null);
        if (orientation.isPresent() && (direction == null || type.equals("stack")))
            diagnostics.report(viewport.at("orientation"), "ohif-only", "orientation");
        boolean rendering = type.equals("volume3d");
        boolean volume = type.equals("volume") && direction != null;
        box.setString(Tag.ImageBoxLayoutType, VR.CS, rendering || volume ? "PROCESSED" : "STACK");
        if (rendering || volume && projection) {
            set.setString(Tag.ReformattingOperationType, VR.CS, "3D_RENDERING");
            set.setString(Tag.ReformattingOperationInitialViewDirection, VR.CS, direction == null ? "CORONAL" : direction);
            set.setString(Tag.ThreeDRenderingType, VR.CS, rendering ? "VOLUME" : "MIP");
        } else if (volume) {
            set.setString(Tag.ReformattingOperationType, VR.CS, "MPR");
            set.setDouble(Tag.ReformattingThickness, VR.FD, 1);
            set.setDouble(Tag.ReformattingInterval, VR.FD, 1);
            set.setString(Tag.ReformattingOperationInitialViewDirection, VR.CS, direction);
            diagnostics.report(viewport.at("orientation"), "thickness");
        } else if (!type.equals("stack")) {
            diagnostics.report(viewport.at("viewportType"), "viewport-type", type);
        }
        if (projection && !volume)
            diagnostics.report(viewport.at("viewportType"), "ohif-only", "blendMode");
    }

    private void synchronization(Fields viewport, int number, Map<String, List<Integer>> together) {
        for (Fields group : viewport.objects("syncGroups")) {
            String type = group.text("type").orElse("").toLowerCase(Locale.ROOT);
            boolean both = group.flag("source", true) && group.flag("target", true);
            if (SCROLLING.contains(type) && both)
                together.computeIfAbsent(group.text("id").orElse(type), id -> new ArrayList<>()).add(number);
            else
                diagnostics.report(group.path(), "ohif-only", "syncGroups " + group.text("type").orElse(""));
            group.reportOthers(diagnostics, Set.of("type", "id", "source", "target"));
        }
    }
}

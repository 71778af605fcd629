package org.hpqr.library;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.util.TagUtils;
import org.dcm4che3.util.UIDUtils;
import org.hpqr.store.iod.HangingProtocolIod;

/**
 * Makes the data set of a Hanging Protocol (PS3.3 A.44) of a definition. {@code src/library/README.md} describes the fields.
 * The SOP Instance UID is made of the name of the file, so that a protocol that is made again replaces itself.
 */
public final class ProtocolDefinition {

    /** When the definitions were written or last changed, all of them: Hanging Protocol Creation DateTime. */
    private static final String CREATED = "20261128000000+0000";
    private static final String CREATOR = "hp-qr library";
    private static final String UID_NAMESPACE = "hp-qr library: ";
    private static final String TOMOSYNTHESIS = "tomosynthesis";
    /** Kinds of mammograms, and what only such images say. SOP Class would say it, too, but viewers know no selectors of VR UI. */
    private static final Map<String, Property> IMAGES = Map.of("2D", new Property(Tag.PresentationIntentType, "FOR PRESENTATION"),
            TOMOSYNTHESIS, new Property(Tag.VolumetricProperties, "VOLUME"));
    /** PS3.16 CID 4014. */
    private static final Map<String, String> VIEW_CODES = Map.of("CC", "399162004 cranio-caudal", "MLO", "399368009 medio-lateral oblique");

    /** Patient directions of rows and columns of mammograms by side and view: the chest walls of both sides meet. */
    private static final Map<String, String[]> MAMMOGRAMS = Map.of("R CC", new String[] {"P", "L"}, "L CC", new String[] {"A", "R"},
            "R MLO", new String[] {"P", "FL"}, "L MLO", new String[] {"A", "FR"});

    private final String file;
    private final Fields fields;
    private final Attributes protocol = new Attributes();
    private final Map<String, Integer> imageSets = new LinkedHashMap<>();
    private final Map<String, String[]> orientations = new HashMap<>();
    private int priors;
    private int displaySets;

    private record Property(int attribute, String value) {
    }

    private ProtocolDefinition(String file, Object definition) {
        this.file = file;
        fields = new Fields(file, definition);
    }

    /**
     * Makes a data set.
     *
     * @param file       name of the definition's file, which decides the SOP Instance UID
     * @param definition what YAML made of it
     * @throws InvalidDefinitionException it cannot be understood, or what it means breaks a rule of the IOD
     */
    public static Attributes toDataset(String file, Object definition) {
        ProtocolDefinition made = new ProtocolDefinition(file, definition);
        made.build();
        HangingProtocolIod.firstViolation(made.protocol).ifPresent(violation -> {
            throw new InvalidDefinitionException(file + ": " + violation.comment() + " " + violation.elements().stream()
                    .map(TagUtils::toString).collect(Collectors.joining(" ")));
        });
        return made.protocol;
    }

    /** The SOP Instance UID of a definition: a UUID made of its name, as PS3.5 B.2 has it. */
    static String uidOf(String file) {
        return UIDUtils.createNameBasedUID((UID_NAMESPACE + file).getBytes(StandardCharsets.UTF_8), "2.25");
    }

    private void build() {
        protocol.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
        protocol.setString(Tag.SOPClassUID, VR.UI, UID.HangingProtocolStorage);
        protocol.setString(Tag.SOPInstanceUID, VR.UI, uidOf(file));
        protocol.setString(Tag.HangingProtocolName, VR.SH, fields.text("name", null));
        protocol.setString(Tag.HangingProtocolDescription, VR.LO, fields.text("description", null));
        protocol.setString(Tag.HangingProtocolLevel, VR.CS, "SITE");
        protocol.setString(Tag.HangingProtocolCreator, VR.LO, CREATOR);
        protocol.setString(Tag.HangingProtocolCreationDateTime, VR.DT, CREATED);
        Sequence definitions = protocol.newSequence(Tag.HangingProtocolDefinitionSequence, 1);
        fields.list("studies").forEach(study -> definitions.add(study(new Fields(file + ", studies", study))));
        protocol.newSequence(Tag.HangingProtocolUserIdentificationCodeSequence, 0);
        Sequence sets = protocol.newSequence(Tag.ImageSetsSequence, 1);
        fields.map("image sets").forEach((name, set) ->
                sets.add(imageSet(String.valueOf(name), new Fields(file + ", image sets, " + name, set))));
        protocol.setInt(Tag.NumberOfPriorsReferenced, VR.US, priors);
        int screens = fields.number("screens", 1);
        protocol.setInt(Tag.NumberOfScreens, VR.US, screens);
        Sequence nominal = protocol.newSequence(Tag.NominalScreenDefinitionSequence, screens);
        if (fields.has("pixels")) {
            Grid pixels = Grid.of(fields.text("pixels", null), file + ", pixels");
            boolean color = fields.flag("color");
            for (int screen = 0; screen < screens; screen++)
                nominal.add(screen(pixels, (double) screen / screens, (screen + 1.0) / screens, color));
        }
        protocol.newSequence(Tag.DisplaySetsSequence, 4);
        List<int[]> scrolling = new ArrayList<>();
        int group = 0;
        for (Object each : fields.list("groups"))
            group(++group, new Fields(file + ", group " + group, each), scrolling);
        protocol.setString(Tag.PartialDataDisplayHandling, VR.CS, fields.flag("adapt layout") ? "ADAPT_LAYOUT" : "MAINTAIN_LAYOUT");
        if (!scrolling.isEmpty()) {
            Sequence together = protocol.newSequence(Tag.SynchronizedScrollingSequence, scrolling.size());
            for (int[] numbers : scrolling) {
                Attributes item = new Attributes();
                item.setInt(Tag.DisplaySetScrollingGroup, VR.US, numbers);
                together.add(item);
            }
        }
        fields.checkNoOthers();
    }

    private static Attributes study(Fields study) {
        Attributes item = new Attributes();
        if (study.has("modality"))
            item.setString(Tag.Modality, VR.CS, study.text("modality", null));
        List<?> regions = study.list("regions");
        if (!regions.isEmpty()) {
            codes(item, Tag.AnatomicRegionSequence, regions);
            item.setString(Tag.Laterality, VR.CS, study.text("laterality", ""));
        }
        codes(item, Tag.ProcedureCodeSequence, study.list("procedures"));
        codes(item, Tag.ReasonForRequestedProcedureCodeSequence, study.list("reasons"));
        study.checkNoOthers();
        return item;
    }

    /** Codes of SNOMED CT, each a value and a meaning: {@code 51185008 Chest}. */
    private static void codes(Attributes item, int tag, List<?> codes) {
        Sequence sequence = item.newSequence(tag, codes.size());
        for (Object code : codes) {
            String[] parts = String.valueOf(code).split(" ", 2);
            Attributes made = new Attributes();
            made.setString(Tag.CodeValue, VR.SH, parts[0]);
            made.setString(Tag.CodingSchemeDesignator, VR.SH, "SCT");
            made.setString(Tag.CodeMeaning, VR.LO, parts.length > 1 ? parts[1] : parts[0]);
            sequence.add(made);
        }
    }

    private Attributes imageSet(String name, Fields set) {
        Attributes item = new Attributes();
        Sequence selectors = item.newSequence(Tag.ImageSetSelectorSequence, 3);
        selector(selectors, Tag.Modality, set.list("modality"), true);
        // many images have no body part: they are taken, too
        selector(selectors, Tag.BodyPartExamined, set.list("body part"), false);
        selector(selectors, Tag.PatientPosition, set.list("position"), true);
        String image = set.text("image", "");
        if (!image.isEmpty()) {
            Property property = known(IMAGES, image, "image");
            selectors.add(selector(property.attribute, VR.CS, property.value, true));
        }
        if (image.equals(TOMOSYNTHESIS)) {
            tomosynthesis(selectors, set);
        } else {
            selector(selectors, Tag.ImageLaterality, set.list("side"), true);
            selector(selectors, Tag.ViewPosition, set.list("view"), true);
        }
        if (set.list("modality").equals(List.of("MG")))
            orientations.put(name, MAMMOGRAMS.get(set.text("side", "") + ' ' + set.text("view", "")));
        Attributes frame = new Attributes();
        imageSets.put(name, imageSets.size() + 1);
        frame.setInt(Tag.ImageSetNumber, VR.US, imageSets.size());
        if (set.has("prior")) {
            int prior = set.number("prior", 1);
            frame.setString(Tag.ImageSetSelectorCategory, VR.CS, "ABSTRACT_PRIOR");
            frame.setInt(Tag.AbstractPriorValue, VR.SS, prior, prior);
            // the oldest one is one more
            priors = Math.max(priors, prior < 0 ? priors + 1 : prior);
        } else {
            frame.setString(Tag.ImageSetSelectorCategory, VR.CS, "RELATIVE_TIME");
            frame.setInt(Tag.RelativeTime, VR.US, 0, 0);
            frame.setString(Tag.RelativeTimeUnits, VR.CS, "MINUTES");
        }
        frame.setString(Tag.ImageSetLabel, VR.LO, name);
        item.newSequence(Tag.TimeBasedImageSetsSequence, 1).add(frame);
        set.checkNoOthers();
        return item;
    }

    /** Side and view where Breast Tomosynthesis Images (PS3.3 A.55) have them. */
    private void tomosynthesis(Sequence selectors, Fields set) {
        for (Object side : set.list("side")) {
            Attributes selector = selector(Tag.FrameLaterality, VR.CS, String.valueOf(side), true);
            selector.setInt(Tag.FunctionalGroupPointer, VR.AT, Tag.FrameAnatomySequence);
            selectors.add(selector);
        }
        for (Object view : set.list("view")) {
            Attributes selector = selector(Tag.ViewCodeSequence, VR.SQ, null, true);
            codes(selector, Tag.SelectorCodeSequenceValue, List.of(known(VIEW_CODES, String.valueOf(view), "view")));
            selectors.add(selector);
        }
    }

    private <T> T known(Map<String, T> values, String name, String field) {
        if (!values.containsKey(name))
            throw new InvalidDefinitionException(file + ": " + field + " has to be one of " + new TreeSet<>(values.keySet()));
        return values.get(name);
    }

    private static void selector(Sequence selectors, int attribute, List<?> values, boolean required) {
        if (!values.isEmpty())
            selectors.add(selector(attribute, VR.CS, String.join("\\", values.stream().map(String::valueOf).toList()), required));
    }

    /** @param value several are separated by backslashes; {@code null} if it is set elsewhere */
    private static Attributes selector(int attribute, VR vr, String value, boolean required) {
        Attributes selector = new Attributes();
        selector.setString(Tag.ImageSetSelectorUsageFlag, VR.CS, required ? "NO_MATCH" : "MATCH");
        selector.setInt(Tag.SelectorAttribute, VR.AT, attribute);
        selector.setString(Tag.SelectorAttributeVR, VR.CS, vr.name());
        if (value != null)
            selector.setString(Tag.SelectorCSValue, VR.CS, value);
        selector.setInt(Tag.SelectorValueNumber, VR.US, 1);
        return selector;
    }

    private static Attributes screen(Grid pixels, double left, double right, boolean color) {
        Attributes screen = new Attributes();
        screen.setInt(Tag.NumberOfVerticalPixels, VR.US, pixels.rows());
        screen.setInt(Tag.NumberOfHorizontalPixels, VR.US, pixels.columns());
        screen.setDouble(Tag.DisplayEnvironmentSpatialPosition, VR.FD, left, 1, right, 0);
        if (color)
            screen.setInt(Tag.ScreenMinimumColorBitDepth, VR.US, 8);
        else
            screen.setInt(Tag.ScreenMinimumGrayscaleBitDepth, VR.US, 8);
        return screen;
    }

    private void group(int number, Fields group, List<int[]> scrolling) {
        Grid grid = Grid.of(group.text("grid", null), file + ", group " + number + ", grid");
        String title = group.text("title", "");
        Grid.Cells cells = grid.cells();
        Map<String, List<Integer>> together = new LinkedHashMap<>();
        for (Object each : group.list("boxes")) {
            Fields box = new Fields(file + ", group " + number + ", a box", each);
            double[] position = cells.next(box.number("wide", 1), box.number("high", 1));
            Attributes set = displaySet(box, position);
            set.setInt(Tag.DisplaySetPresentationGroup, VR.US, number);
            if (!title.isEmpty())
                set.setString(Tag.DisplaySetPresentationGroupDescription, VR.LO, title);
            if (box.has("scroll with"))
                together.computeIfAbsent(box.text("scroll with", null), key -> new ArrayList<>()).add(displaySets);
            box.checkNoOthers();
        }
        cells.checkFilled();
        together.values().forEach(numbers -> scrolling.add(numbers.stream().mapToInt(Integer::intValue).toArray()));
        group.checkNoOthers();
    }

    private Attributes displaySet(Fields box, double[] position) {
        Attributes set = new Attributes();
        protocol.getSequence(Tag.DisplaySetsSequence).add(set);
        set.setInt(Tag.DisplaySetNumber, VR.US, ++displaySets);
        String shown = box.text("show", null);
        Integer imageSet = imageSets.get(shown);
        if (imageSet == null)
            throw new InvalidDefinitionException(file + ": there is no image set \"" + shown + "\" to show");
        set.setInt(Tag.ImageSetNumber, VR.US, imageSet);
        set.setString(Tag.DisplaySetLabel, VR.LO, box.text("label", shown));
        set.newSequence(Tag.ImageBoxesSequence, 1).add(imageBox(box, position));
        Sequence filters = set.newSequence(Tag.FilterOperationsSequence, 1);
        if (box.has("plane"))
            filters.add(plane(box.text("plane", null)));
        Sequence sorting = set.newSequence(Tag.SortingOperationsSequence, 1);
        if (box.has("sort"))
            sorting.add(sorting(box.text("sort", null)));
        if (box.has("mpr")) {
            set.setString(Tag.ReformattingOperationType, VR.CS, "MPR");
            set.setDouble(Tag.ReformattingThickness, VR.FD, box.decimal("thickness", 3));
            set.setDouble(Tag.ReformattingInterval, VR.FD, box.decimal("interval", 3));
            set.setString(Tag.ReformattingOperationInitialViewDirection, VR.CS, box.text("mpr", null));
        }
        if (box.has("3d")) {
            set.setString(Tag.ReformattingOperationType, VR.CS, "3D_RENDERING");
            set.setString(Tag.ReformattingOperationInitialViewDirection, VR.CS, "CORONAL");
            set.setString(Tag.ThreeDRenderingType, VR.CS, box.text("3d", null));
        }
        String[] orientation = orientations.get(shown);
        if (orientation != null) {
            set.setString(Tag.DisplaySetPatientOrientation, VR.CS, orientation);
            set.setString(Tag.DisplaySetHorizontalJustification, VR.CS, orientation[0].equals("P") ? "RIGHT" : "LEFT");
        }
        if (box.has("window"))
            set.setString(Tag.VOIType, VR.CS, box.text("window", null));
        if (box.flag("inverted"))
            set.setString(Tag.ShowGrayscaleInverted, VR.CS, "YES");
        if (box.flag("true size"))
            set.setString(Tag.ShowImageTrueSizeFlag, VR.CS, "YES");
        if (box.has("annotations"))
            set.setString(Tag.ShowGraphicAnnotationFlag, VR.CS, box.flag("annotations") ? "YES" : "NO");
        return set;
    }

    private static Attributes imageBox(Fields box, double[] position) {
        Attributes made = new Attributes();
        made.setInt(Tag.ImageBoxNumber, VR.US, 1);
        made.setDouble(Tag.DisplayEnvironmentSpatialPosition, VR.FD, position);
        if (box.has("tiles")) {
            Grid tiles = Grid.of(box.text("tiles", null), "tiles");
            made.setString(Tag.ImageBoxLayoutType, VR.CS, "TILED");
            made.setInt(Tag.ImageBoxTileHorizontalDimension, VR.US, tiles.columns());
            made.setInt(Tag.ImageBoxTileVerticalDimension, VR.US, tiles.rows());
            made.setString(Tag.ImageBoxScrollDirection, VR.CS, "VERTICAL");
            made.setString(Tag.ImageBoxSmallScrollType, VR.CS, "ROW_COLUMN");
            made.setInt(Tag.ImageBoxSmallScrollAmount, VR.US, 1);
            made.setString(Tag.ImageBoxLargeScrollType, VR.CS, "PAGE");
            made.setInt(Tag.ImageBoxLargeScrollAmount, VR.US, 1);
        } else if (box.has("frames per second")) {
            made.setString(Tag.ImageBoxLayoutType, VR.CS, "CINE");
            made.setInt(Tag.PreferredPlaybackSequencing, VR.US, 0);
            made.setInt(Tag.RecommendedDisplayFrameRate, VR.IS, box.number("frames per second", 15));
        } else {
            made.setString(Tag.ImageBoxLayoutType, VR.CS, box.has("3d") ? "PROCESSED" : box.flag("single") ? "SINGLE" : "STACK");
        }
        return made;
    }

    private static Attributes plane(String plane) {
        Attributes filter = new Attributes();
        filter.setString(Tag.FilterByCategory, VR.CS, "IMAGE_PLANE");
        // a report or a screenshot among the images has no plane
        filter.setString(Tag.ImageSetSelectorUsageFlag, VR.CS, "NO_MATCH");
        filter.setString(Tag.SelectorAttributeVR, VR.CS, "CS");
        filter.setString(Tag.SelectorCSValue, VR.CS, plane);
        filter.setString(Tag.FilterByOperator, VR.CS, "MEMBER_OF");
        return filter;
    }

    private static Attributes sorting(String category) {
        Attributes sorting = new Attributes();
        sorting.setString(Tag.SortByCategory, VR.CS, category);
        sorting.setString(Tag.SortingDirection, VR.CS, "INCREASING");
        return sorting;
    }
}

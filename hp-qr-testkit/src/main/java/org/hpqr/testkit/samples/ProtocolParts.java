package org.hpqr.testkit.samples;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;

/** The pieces a Hanging Protocol (PS3.3 A.44) is put together of. Every method makes a new data set or item. */
final class ProtocolParts {

    /** Where something stands on the whole of the screens: left, top, right, bottom; the origin is bottom left. */
    static final double[] LEFT_HALF = {0, 1, 0.5, 0};
    static final double[] RIGHT_HALF = {0.5, 1, 1, 0};
    static final double[] EVERYWHERE = {0, 1, 1, 0};

    private ProtocolParts() {
    }

    /** SOP Common and the single-valued part of the Definition module, PS3.3 C.23.1. */
    static Attributes protocol(String uid, String name, String description, String level, String creator, String created,
                               int priors) {
        Attributes protocol = new Attributes();
        protocol.setString(Tag.SOPClassUID, VR.UI, UID.HangingProtocolStorage);
        protocol.setString(Tag.SOPInstanceUID, VR.UI, uid);
        protocol.setString(Tag.HangingProtocolName, VR.SH, name);
        protocol.setString(Tag.HangingProtocolDescription, VR.LO, description);
        protocol.setString(Tag.HangingProtocolLevel, VR.CS, level);
        protocol.setString(Tag.HangingProtocolCreator, VR.LO, creator);
        protocol.setString(Tag.HangingProtocolCreationDateTime, VR.DT, created);
        protocol.setInt(Tag.NumberOfPriorsReferenced, VR.US, priors);
        protocol.setNull(Tag.HangingProtocolUserIdentificationCodeSequence, VR.SQ);
        protocol.setNull(Tag.PartialDataDisplayHandling, VR.CS);
        return protocol;
    }

    /** An item of a code sequence; {@code version} may be {@code null}. */
    static Attributes code(String value, String scheme, String version, String meaning) {
        Attributes code = new Attributes(4);
        code.setString(Tag.CodeValue, VR.SH, value);
        code.setString(Tag.CodingSchemeDesignator, VR.SH, scheme);
        if (version != null)
            code.setString(Tag.CodingSchemeVersion, VR.SH, version);
        code.setString(Tag.CodeMeaning, VR.LO, meaning);
        return code;
    }

    static Attributes code(String value, String scheme, String meaning) {
        return code(value, scheme, null, meaning);
    }

    /**
     * An item of the Hanging Protocol Definition Sequence without procedures and reasons.
     *
     * @param modality   {@code null}: the attribute is absent
     * @param laterality {@code null}: present without a value, as for what has no sides
     */
    static Attributes definition(String modality, String laterality, Attributes... regions) {
        Attributes definition = new Attributes();
        if (modality != null)
            definition.setString(Tag.Modality, VR.CS, modality);
        if (regions.length > 0)
            put(definition, Tag.AnatomicRegionSequence, regions);
        definition.setString(Tag.Laterality, VR.CS, laterality);
        definition.setNull(Tag.ProcedureCodeSequence, VR.SQ);
        definition.setNull(Tag.ReasonForRequestedProcedureCodeSequence, VR.SQ);
        return definition;
    }

    /** An item of the Image Sets Sequence: images of this modality, in these time frames. */
    static Attributes imageSet(String modality, Attributes... timeFrames) {
        Attributes selector = new Attributes();
        selector.setString(Tag.ImageSetSelectorUsageFlag, VR.CS, "NO_MATCH");
        selector.setInt(Tag.SelectorAttribute, VR.AT, Tag.Modality);
        selector.setInt(Tag.SelectorValueNumber, VR.US, 1);
        selector.setString(Tag.SelectorAttributeVR, VR.CS, "CS");
        selector.setString(Tag.SelectorCSValue, VR.CS, modality);
        Attributes imageSet = new Attributes();
        put(imageSet, Tag.ImageSetSelectorSequence, selector);
        put(imageSet, Tag.TimeBasedImageSetsSequence, timeFrames);
        return imageSet;
    }

    static Attributes current(int number, String label) {
        Attributes timeFrame = new Attributes();
        timeFrame.setInt(Tag.ImageSetNumber, VR.US, number);
        timeFrame.setString(Tag.ImageSetSelectorCategory, VR.CS, "RELATIVE_TIME");
        timeFrame.setInt(Tag.RelativeTime, VR.US, 0, 0);
        timeFrame.setString(Tag.RelativeTimeUnits, VR.CS, "MINUTES");
        timeFrame.setString(Tag.ImageSetLabel, VR.LO, label);
        return timeFrame;
    }

    static Attributes prior(int number, int steps, String label) {
        Attributes timeFrame = new Attributes();
        timeFrame.setInt(Tag.ImageSetNumber, VR.US, number);
        timeFrame.setString(Tag.ImageSetSelectorCategory, VR.CS, "ABSTRACT_PRIOR");
        timeFrame.setInt(Tag.AbstractPriorValue, VR.SS, steps, steps);
        timeFrame.setString(Tag.ImageSetLabel, VR.LO, label);
        return timeFrame;
    }

    /** Adds the Environment module, PS3.3 C.23.2, with equal screens side by side. */
    static void environment(Attributes protocol, int screens, int verticalPixels, int horizontalPixels) {
        protocol.setInt(Tag.NumberOfScreens, VR.US, screens);
        Attributes[] items = new Attributes[screens];
        for (int i = 0; i < screens; i++) {
            items[i] = new Attributes();
            items[i].setInt(Tag.NumberOfVerticalPixels, VR.US, verticalPixels);
            items[i].setInt(Tag.NumberOfHorizontalPixels, VR.US, horizontalPixels);
            items[i].setDouble(Tag.DisplayEnvironmentSpatialPosition, VR.FD,
                    (double) i / screens, 1, (i + 1.0) / screens, 0);
            items[i].setInt(Tag.ScreenMinimumGrayscaleBitDepth, VR.US, 10);
            items[i].setInt(Tag.ApplicationMaximumRepaintTime, VR.US, 200 + 10 * i);
        }
        put(protocol, Tag.NominalScreenDefinitionSequence, items);
    }

    /** Adds the Environment module without a screen definition. */
    static void environment(Attributes protocol, int screens) {
        protocol.setInt(Tag.NumberOfScreens, VR.US, screens);
        protocol.setNull(Tag.NominalScreenDefinitionSequence, VR.SQ);
    }

    /** An item of the Display Sets Sequence. */
    static Attributes displaySet(int number, int presentationGroup, int imageSet, String label, Attributes... boxes) {
        Attributes displaySet = new Attributes();
        displaySet.setInt(Tag.DisplaySetNumber, VR.US, number);
        displaySet.setString(Tag.DisplaySetLabel, VR.LO, label);
        displaySet.setInt(Tag.DisplaySetPresentationGroup, VR.US, presentationGroup);
        displaySet.setInt(Tag.ImageSetNumber, VR.US, imageSet);
        put(displaySet, Tag.ImageBoxesSequence, boxes);
        displaySet.setNull(Tag.FilterOperationsSequence, VR.SQ);
        displaySet.setNull(Tag.SortingOperationsSequence, VR.SQ);
        return displaySet;
    }

    /** An image box that shows one image after the other. */
    static Attributes stack(double... position) {
        return box("STACK", position);
    }

    /** An image box of several tiles. */
    static Attributes tiles(int columns, int rows, double... position) {
        Attributes box = box("TILED", position);
        box.setInt(Tag.ImageBoxTileHorizontalDimension, VR.US, columns);
        box.setInt(Tag.ImageBoxTileVerticalDimension, VR.US, rows);
        box.setString(Tag.ImageBoxScrollDirection, VR.CS, "VERTICAL");
        box.setString(Tag.ImageBoxSmallScrollType, VR.CS, "ROW_COLUMN");
        box.setInt(Tag.ImageBoxSmallScrollAmount, VR.US, 1);
        box.setString(Tag.ImageBoxLargeScrollType, VR.CS, "PAGE");
        box.setInt(Tag.ImageBoxLargeScrollAmount, VR.US, 1);
        return box;
    }

    private static Attributes box(String layout, double... position) {
        Attributes box = new Attributes();
        box.setInt(Tag.ImageBoxNumber, VR.US, 1);
        box.setDouble(Tag.DisplayEnvironmentSpatialPosition, VR.FD, position);
        box.setString(Tag.ImageBoxLayoutType, VR.CS, layout);
        return box;
    }

    /** Puts a sequence of these items in the place of what was there. */
    static void put(Attributes holder, int tag, Attributes... items) {
        Sequence sequence = holder.newSequence(tag, items.length);
        for (Attributes item : items)
            sequence.add(item);
    }
}

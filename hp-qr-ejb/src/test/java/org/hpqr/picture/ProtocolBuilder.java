package org.hpqr.picture;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;

/** Builds protocols of a few lines for the tests of the picture. Image set 1 is current CT, image set 2 the newest prior. */
final class ProtocolBuilder {

    private final Attributes protocol = new Attributes();
    private final Sequence screens;
    private final Sequence imageSets;
    private final Sequence displaySets;
    private final Sequence scrolling;

    ProtocolBuilder() {
        protocol.setSpecificCharacterSet("ISO_IR 192");
        protocol.setString(Tag.HangingProtocolName, VR.SH, "Test");
        screens = protocol.newSequence(Tag.NominalScreenDefinitionSequence, 0);
        imageSets = protocol.newSequence(Tag.ImageSetsSequence, 0);
        displaySets = protocol.newSequence(Tag.DisplaySetsSequence, 0);
        scrolling = protocol.newSequence(Tag.SynchronizedScrollingSequence, 0);
        imageSet(frame(1, 0, 0, "MINUTES"), selector(Tag.Modality, "CT"));
        imageSet(priors(2, 1, 1), selector(Tag.Modality, "CT"));
    }

    ProtocolBuilder numberOfScreens(int number) {
        protocol.setInt(Tag.NumberOfScreens, VR.US, number);
        return this;
    }

    ProtocolBuilder screen(int columns, int rows, double... corners) {
        Attributes screen = new Attributes();
        screen.setInt(Tag.NumberOfHorizontalPixels, VR.US, columns);
        screen.setInt(Tag.NumberOfVerticalPixels, VR.US, rows);
        screen.setDouble(Tag.DisplayEnvironmentSpatialPosition, VR.FD, corners);
        screen.setInt(Tag.ScreenMinimumGrayscaleBitDepth, VR.US, 10);
        screens.add(screen);
        return this;
    }

    static Attributes frame(int number, int from, int to, String units) {
        Attributes frame = new Attributes();
        frame.setInt(Tag.ImageSetNumber, VR.US, number);
        frame.setInt(Tag.RelativeTime, VR.US, from, to);
        frame.setString(Tag.RelativeTimeUnits, VR.CS, units);
        return frame;
    }

    static Attributes priors(int number, int first, int last) {
        Attributes frame = new Attributes();
        frame.setInt(Tag.ImageSetNumber, VR.US, number);
        frame.setInt(Tag.AbstractPriorValue, VR.SS, first, last);
        return frame;
    }

    static Attributes selector(int tag, String... values) {
        Attributes selector = new Attributes();
        selector.setString(Tag.ImageSetSelectorUsageFlag, VR.CS, "NO_MATCH");
        selector.setInt(Tag.SelectorAttribute, VR.AT, tag);
        selector.setString(Tag.SelectorCSValue, VR.CS, values);
        return selector;
    }

    ProtocolBuilder imageSet(Attributes frame, Attributes... selectors) {
        Attributes imageSet = new Attributes();
        imageSets.add(imageSet);
        Sequence all = imageSet.newSequence(Tag.ImageSetSelectorSequence, selectors.length);
        for (Attributes selector : selectors)
            all.add(selector);
        imageSet.newSequence(Tag.TimeBasedImageSetsSequence, 1).add(frame);
        return this;
    }

    /** A display set of presentation group 1 with one image box of layout STACK. */
    Attributes displaySet(int imageSet, double... corners) {
        Attributes set = new Attributes();
        displaySets.add(set);
        set.setInt(Tag.DisplaySetNumber, VR.US, displaySets.size());
        set.setInt(Tag.DisplaySetPresentationGroup, VR.US, 1);
        set.setInt(Tag.ImageSetNumber, VR.US, imageSet);
        set.newSequence(Tag.ImageBoxesSequence, 1).add(box(1, corners));
        return set;
    }

    static Attributes box(int number, double... corners) {
        Attributes box = new Attributes();
        box.setInt(Tag.ImageBoxNumber, VR.US, number);
        if (corners.length > 0)
            box.setDouble(Tag.DisplayEnvironmentSpatialPosition, VR.FD, corners);
        box.setString(Tag.ImageBoxLayoutType, VR.CS, "STACK");
        return box;
    }

    /** The first image box of a display set. */
    static Attributes boxOf(Attributes displaySet) {
        return displaySet.getSequence(Tag.ImageBoxesSequence).get(0);
    }

    ProtocolBuilder scrollTogether(int... sets) {
        Attributes group = new Attributes();
        group.setInt(Tag.DisplaySetScrollingGroup, VR.US, sets);
        scrolling.add(group);
        return this;
    }

    Attributes protocol() {
        return protocol;
    }
}

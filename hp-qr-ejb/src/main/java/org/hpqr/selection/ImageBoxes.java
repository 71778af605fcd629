package org.hpqr.selection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;

/** Image Boxes Sequence (0072,0300), PS3.3 Table C.23.3-1: what of a display set's images falls into which box. */
final class ImageBoxes {

    /** More boxes of a display set are not looked at. */
    static final int MOST_BOXES = 1_000;

    private static final String CLAUSE = "PS3.3 C.23.3";
    private static final String TILED = "TILED";
    private static final String SINGLE = "SINGLE";

    private ImageBoxes() {
    }

    /**
     * The boxes with what they show.
     *
     * @param images  how many images the display set has
     * @param reasons gets what is wrong with the boxes
     */
    static List<ImageBox> of(Attributes displaySet, int images, List<Reason> reasons) {
        List<Attributes> items = Elements.items(displaySet, Tag.ImageBoxesSequence);
        if (items.isEmpty())
            reasons.add(malformed("The display set has no image box."));
        if (items.size() > MOST_BOXES)
            reasons.add(malformed("The display set has more than " + MOST_BOXES + " image boxes; the others are left out."));
        List<ImageBox> boxes = new ArrayList<>();
        int first = 0;
        for (Attributes item : items.stream().limit(MOST_BOXES).sorted(Comparator.comparingInt(ImageBoxes::number)).toList()) {
            ImageBox box = box(item, first, images - first, reasons);
            boxes.add(box);
            first += box.images();
        }
        return boxes;
    }

    private static ImageBox box(Attributes item, int first, int left, List<Reason> reasons) {
        String type = Elements.text(item, Tag.ImageBoxLayoutType).orElse(null);
        int columns = 1;
        int rows = 1;
        if (TILED.equals(type)) {
            columns = Elements.integer(item, Tag.ImageBoxTileHorizontalDimension).orElse(0);
            rows = Elements.integer(item, Tag.ImageBoxTileVerticalDimension).orElse(0);
            if (columns <= 0 || rows <= 0) {
                reasons.add(malformed("Image box " + number(item) + " is tiled, but the numbers of columns and rows are not stated."));
                columns = Math.max(columns, 1);
                rows = Math.max(rows, 1);
            }
        }
        // of STACK, CINE, PROCESSED and whatever else there may be, all images can be reached
        long most = TILED.equals(type) ? (long) columns * rows : SINGLE.equals(type) ? 1 : Integer.MAX_VALUE;
        return new ImageBox(number(item), type, position(item, reasons), columns, rows, first, (int) Math.min(most, left));
    }

    private static ImageBox.Position position(Attributes item, List<Reason> reasons) {
        double[] p = Elements.reals(item, Tag.DisplayEnvironmentSpatialPosition);
        if (p.length == 4 && Double.isFinite(p[0]) && Double.isFinite(p[1]) && Double.isFinite(p[2]) && Double.isFinite(p[3]))
            return new ImageBox.Position(p[0], p[1], p[2], p[3]);
        reasons.add(malformed("Image box " + number(item) + " has no Display Environment Spatial Position (0072,0108) of four values."));
        return null;
    }

    private static int number(Attributes item) {
        return Elements.integer(item, Tag.ImageBoxNumber).orElse(0);
    }

    private static Reason malformed(String sentence) {
        return new Reason(Reason.Step.IMAGE_BOX, Outcome.NOT_EVALUABLE, Elements.name(Tag.ImageBoxesSequence), null, null, CLAUSE,
                sentence);
    }
}

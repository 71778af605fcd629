package org.hpqr.ohif;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import org.dcm4che3.data.Tag;

/**
 * Where a viewport is, in OHIF: parts of the whole grid, from its top left corner. DICOM counts from the bottom left corner
 * (PS3.3 C.23.2.1.1).
 */
record Place(double x, double y, double width, double height) {

    private static final double PRECISION = 1e9;

    /** Image Boxes Sequence (0072,0300): the place of a box, and what OHIF cannot do of its layout. */
    static Place of(Item box, String path, int index, Diagnostics diagnostics) {
        ToOhif.reportOthers(diagnostics, box, "imageBox", path + '.');
        String type = box.text(Tag.ImageBoxLayoutType).orElse("");
        String typePath = path + ".ImageBoxLayoutType";
        switch (type) {
            case "STACK", "PROCESSED" -> { }
            case "TILED" -> diagnostics.report(typePath, "tiles", box.integer(Tag.ImageBoxTileHorizontalDimension).orElse(1) + "x"
                    + box.integer(Tag.ImageBoxTileVerticalDimension).orElse(1));
            case "SINGLE" -> diagnostics.report(typePath, "single");
            case "CINE" -> diagnostics.report(typePath, "cine");
            default -> diagnostics.report(typePath, "layout-type", type);
        }
        if (index > 0)
            diagnostics.report(path, "several-boxes");
        List<BigDecimal> corners = box.numbers(Tag.DisplayEnvironmentSpatialPosition);
        if (corners.size() != 4) {
            diagnostics.report(path + ".DisplayEnvironmentSpatialPosition", "unsupported", "DisplayEnvironmentSpatialPosition");
            return new Place(0, 0, 1, 1);
        }
        double left = corners.get(0).doubleValue();
        double top = corners.get(1).doubleValue();
        return new Place(rounded(left), rounded(1 - top), rounded(corners.get(2).doubleValue() - left),
                rounded(top - corners.get(3).doubleValue()));
    }

    /** Rows and columns, if the places are a grid; otherwise one row, as OHIF only asks how many there are. */
    static JsonObject grid(List<Place> places) {
        long columns = places.stream().map(Place::x).distinct().count();
        long rows = places.stream().map(Place::y).distinct().count();
        boolean regular = columns * rows == places.size();
        return Json.createObjectBuilder().add("rows", regular ? rows : 1).add("columns", regular ? columns : places.size())
                .add("layoutOptions", Json.createArrayBuilder(places.stream().map(Place::json).toList())).build();
    }

    /** Display Environment Spatial Position (0072,0108). */
    double[] corners() {
        return new double[] {rounded(x), rounded(1 - y), rounded(x + width), rounded(1 - y - height)};
    }

    private JsonObject json() {
        return Json.createObjectBuilder().add("x", number(x)).add("y", number(y)).add("width", number(width))
                .add("height", number(height)).build();
    }

    private static BigDecimal number(double value) {
        return value == 0 ? BigDecimal.ZERO : BigDecimal.valueOf(value).stripTrailingZeros();
    }

    private static double rounded(double value) {
        return Math.round(value * PRECISION) / PRECISION;
    }
}

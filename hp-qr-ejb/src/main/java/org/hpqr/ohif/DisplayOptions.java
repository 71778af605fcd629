package org.hpqr.ohif;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.List;
import org.dcm4che3.data.Tag;

/**
 * How OHIF shows a display set: reformatting and presentation of Display Sets Sequence (0072,0200), PS3.3 Table C.23.3-1.
 *
 * @param viewport of each of its viewports
 * @param options  of the images in it
 */
record DisplayOptions(JsonObject viewport, JsonObject options) {

    private static final String TYPE = "viewportType";

    static DisplayOptions of(Item item, String path, Diagnostics diagnostics) {
        JsonObjectBuilder options = Json.createObjectBuilder();
        item.text(Tag.VOIType).ifPresent(window -> {
            Mapping.window(window).ifPresent(known -> options.add("voi", known));
            diagnostics.report(path + "VOIType", Mapping.window(window).isPresent() ? "window" : "window-unknown", window);
        });
        item.text(Tag.ShowGrayscaleInverted).ifPresent(inverted -> options.add("voiInverted", inverted.equals("YES")));
        item.text(Tag.PseudoColorType).ifPresent(palette -> {
            String colormap = Mapping.COLORMAPS.get(palette);
            List<Item> references = item.items(Tag.PseudoColorPaletteInstanceReferenceSequence);
            for (int i = 0; i < references.size(); i++)
                ToOhif.reportOthers(diagnostics, references.get(i), "palette", path + "PseudoColorPaletteInstanceReferenceSequence[" + (i + 1) + "].");
            if (colormap != null)
                options.add("colormap", Json.createObjectBuilder().add("name", colormap));
            else
                diagnostics.report(path + "PseudoColorType", "palette", palette);
        });
        JsonObject viewport = viewport(item, path, options, diagnostics);
        return new DisplayOptions(viewport, options.build());
    }

    /** Whether OHIF makes a volume of the images. */
    boolean volume() {
        return !viewport.getString(TYPE).equals("stack");
    }

    private static JsonObject viewport(Item item, String path, JsonObjectBuilder options, Diagnostics diagnostics) {
        String type = item.text(Tag.ReformattingOperationType).orElse("");
        String direction = item.text(Tag.ReformattingOperationInitialViewDirection).orElse("");
        String orientation = Mapping.ORIENTATIONS.get(direction);
        if (type.equals("MPR") && orientation != null)
            return viewport("default", "volume", orientation);
        if (type.equals("3D_RENDERING")) {
            List<String> renderings = item.texts(Tag.ThreeDRenderingType);
            if (renderings.contains("MIP") && renderings.get(0).equals("MIP") && orientation != null) {
                options.add("blendMode", "MIP").add("slabThickness", "fullVolume");
                return viewport("default", "volume", orientation);
            }
            diagnostics.report(path + "ThreeDRenderingType", "rendering", String.join(", ", renderings));
            return viewport("volume3d", "volume3d", orientation);
        }
        if (!type.isEmpty())
            diagnostics.report(path + "ReformattingOperationType", "reformatting", direction.isEmpty() ? type : type + ' ' + direction);
        return viewport("default", "stack", null);
    }

    private static JsonObject viewport(String toolGroup, String type, String orientation) {
        JsonObjectBuilder viewport = Json.createObjectBuilder().add("toolGroupId", toolGroup).add(TYPE, type);
        if (orientation != null)
            viewport.add("orientation", orientation);
        return viewport.build();
    }
}

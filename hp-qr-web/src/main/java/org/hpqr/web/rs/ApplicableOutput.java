package org.hpqr.web.rs;

import jakarta.json.JsonException;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.dcm4che3.data.Attributes;
import org.hpqr.picture.Language;
import org.hpqr.picture.LayoutPicture;
import org.hpqr.selection.DisplaySet;
import org.hpqr.selection.ImageBox;
import org.hpqr.selection.Layout;
import org.hpqr.selection.Selection;
import org.hpqr.selection.SeriesPart;

/** Writes which protocols apply, and what one of them shows, as JSON (docs/selection.md). */
final class ApplicableOutput implements StreamingOutput {

    private static final JsonProvider JSON = JsonProvider.provider();
    /** Series that are named in one image box; it has no room for more. */
    private static final int MOST_NAMED = 5;

    private final Selection selection;
    private final boolean complete;
    private final int priors;
    private final List<Picture> pictures = new ArrayList<>();
    private Layout layout;

    /** The picture of a presentation group. */
    private record Picture(int group, String svg) {
    }

    /** @param priors how many prior studies were looked at */
    ApplicableOutput(Selection selection, boolean complete, int priors) {
        this.selection = selection;
        this.complete = complete;
        this.priors = priors;
    }

    /** Adds what a protocol shows. */
    void show(Layout shown) {
        layout = shown;
    }

    /** Adds the pictures of this protocol, with what was {@linkplain #show shown} in its boxes. */
    void draw(Attributes protocol, Language language) {
        LayoutPicture picture = LayoutPicture.of(protocol);
        for (int group : picture.groups())
            pictures.add(new Picture(group, picture.svg(group, language, (set, box) -> contents(set, box, language))));
    }

    private String contents(int displaySet, int imageBox, Language language) {
        for (DisplaySet set : layout.displaySets())
            for (ImageBox box : set.boxes())
                if (set.number() == displaySet && box.number() == imageBox)
                    return set.seriesOf(box).stream().limit(MOST_NAMED).map(part -> text(part, language)).collect(Collectors.joining(", "));
        return "";
    }

    private static String text(SeriesPart part, Language language) {
        String name = part.description() != null ? part.description()
                : (part.modality() == null ? "" : part.modality() + ' ') + (part.seriesNumber() == null ? "?" : part.seriesNumber());
        return name + (part.current() || part.studyDate() == null ? "" : " (" + language.date(part.studyDate()) + ')')
                + (part.images() > 1 ? " × " + part.images() : "");
    }

    @Override
    public void write(OutputStream out) throws IOException {
        BufferedOutputStream buffered = new BufferedOutputStream(out);
        try (JsonGenerator json = JSON.createGenerator(buffered)) {
            json.writeStartObject();
            RecordJson.write(json, "selection", selection);
            RecordJson.write(json, "complete", complete);
            RecordJson.write(json, "priorStudies", priors);
            RecordJson.write(json, "layout", layout);
            RecordJson.write(json, "pictures", pictures.isEmpty() ? null : pictures);
            json.writeEnd();
        } catch (JsonException e) {
            throw new IOException("the response was not sent", e);
        }
        buffered.flush();
    }
}

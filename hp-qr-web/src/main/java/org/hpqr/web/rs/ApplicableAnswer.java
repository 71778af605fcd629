package org.hpqr.web.rs;

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

/**
 * Which protocols apply, and what one of them shows, as it is written as JSON (docs/selection.md).
 *
 * @param complete     whether no protocol was left out
 * @param priorStudies how many were looked at
 * @param layout       what the protocol shows; {@code null} if no protocol is asked for, and none applies
 * @param pictures     of its presentation groups; {@code null} if none are asked for
 */
record ApplicableAnswer(Selection selection, boolean complete, int priorStudies, Layout layout, List<Picture> pictures) {

    /** Series that are named in one image box; it has no room for more. */
    private static final int MOST_NAMED = 5;

    /** The picture of a presentation group. */
    record Picture(int group, String svg) {
    }

    /** The pictures of a protocol, with what is shown in its boxes. */
    static List<Picture> pictures(Attributes protocol, Layout layout, Language language) {
        LayoutPicture picture = LayoutPicture.of(protocol);
        return picture.groups().stream().map(group ->
                new Picture(group, picture.svg(group, language, (set, box) -> contents(layout, set, box, language)))).toList();
    }

    private static String contents(Layout layout, int displaySet, int imageBox, Language language) {
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
}

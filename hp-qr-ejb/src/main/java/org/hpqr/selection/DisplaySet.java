package org.hpqr.selection;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A display set, and what it shows: PS3.3 C.23.3.1.
 *
 * @param number            Display Set Number (0072,0202); 0 if the protocol has none
 * @param label             Display Set Label (0072,0203); {@code null} if the protocol has none
 * @param presentationGroup Display Set Presentation Group (0072,0204): those of one number are shown together; 0 if the protocol
 *                          has none
 * @param imageSet          Image Set Number (0072,0032) of the image set it shows; 0 if the protocol has none
 * @param outcome           whether it has images; not evaluable if that is not known
 * @param images            what passes the filters, sorted; reformatting is left to the viewer
 * @param undecided         of how many images it is not known whether they pass
 * @param series            the series that the images are of, in the order of their first image
 * @param boxes             in the order of their numbers
 * @param reasons           of the filters, the sorting and the boxes
 */
public record DisplaySet(int number, String label, int presentationGroup, int imageSet, Outcome outcome,
                         List<ImageReference> images, int undecided, List<SeriesPart> series, List<ImageBox> boxes,
                         List<Reason> reasons) {

    public DisplaySet {
        images = List.copyOf(images);
        series = List.copyOf(series);
        boxes = List.copyOf(boxes);
        reasons = List.copyOf(reasons);
    }

    /** The series that the images of one of its boxes are of, in the order of their first image. */
    public List<SeriesPart> seriesOf(ImageBox box) {
        Map<SeriesPart, Integer> counts = new LinkedHashMap<>();
        for (ImageReference image : images.subList(box.firstImage(), box.firstImage() + box.images()))
            series.stream().filter(part -> part.isOf(image)).findFirst().ifPresent(part -> counts.merge(part, 1, Integer::sum));
        return counts.entrySet().stream().map(part -> part.getKey().withImages(part.getValue())).toList();
    }
}

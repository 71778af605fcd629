package org.hpqr.selection;

import java.util.List;

/**
 * What a protocol shows of a study and its priors.
 *
 * @param sopInstanceUid             SOP Instance UID (0008,0018) of the protocol; {@code null} if it has none
 * @param name                       Hanging Protocol Name (0072,0002); {@code null} if it has none
 * @param partialDataDisplayHandling Partial Data Display Handling (0072,0208); {@code null} if the protocol does not say what a
 *                                   viewer does if images are missing
 * @param imageSets                  in the order of the protocol
 * @param displaySets                in the order of the protocol
 * @param emptyBoxes                 the image boxes that no image falls into
 * @param reasons                    of what is about the whole
 */
public record Layout(String sopInstanceUid, String name, String partialDataDisplayHandling, List<ImageSet> imageSets,
                     List<DisplaySet> displaySets, List<EmptyBox> emptyBoxes, List<Reason> reasons) {

    /**
     * An image box that no image falls into.
     *
     * @param displaySet Display Set Number (0072,0202)
     * @param imageBox   Image Box Number (0072,0302)
     */
    public record EmptyBox(int displaySet, int imageBox) {
    }

    public Layout {
        imageSets = List.copyOf(imageSets);
        displaySets = List.copyOf(displaySets);
        emptyBoxes = List.copyOf(emptyBoxes);
        reasons = List.copyOf(reasons);
    }
}

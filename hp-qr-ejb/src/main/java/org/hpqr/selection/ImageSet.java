package org.hpqr.selection;

import java.util.List;

/**
 * An image set of a protocol, and the images that it has: one item of Time Based Image Sets Sequence (0072,0030), PS3.3
 * C.23.1.1.2.
 *
 * @param number    Image Set Number (0072,0032); 0 if the protocol has none
 * @param label     Image Set Label (0072,0040); {@code null} if the protocol has none
 * @param outcome   whether it has images; not evaluable if that is not known
 * @param images    in the order they were given, those of the current study first
 * @param undecided of how many images it is not known whether they belong to it
 * @param reasons   of the selectors and of the time
 */
public record ImageSet(int number, String label, Outcome outcome, List<ImageReference> images, int undecided,
                       List<Reason> reasons) {

    public ImageSet {
        images = List.copyOf(images);
        reasons = List.copyOf(reasons);
    }
}

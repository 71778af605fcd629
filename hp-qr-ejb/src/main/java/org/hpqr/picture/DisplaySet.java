package org.hpqr.picture;

import java.util.List;

import org.hpqr.picture.ImageSet.Selector;

/**
 * A display set: the images of one image set, and how they are shown (PS3.3 C.23.3).
 *
 * @param number         Display Set Number (0072,0202)
 * @param label          Display Set Label (0072,0203); empty if it has none
 * @param group          Display Set Presentation Group (0072,0204)
 * @param groupLabel     Display Set Presentation Group Description (0072,0206); empty if it has none
 * @param imageSet       what it takes its images from
 * @param boxes          where they are shown
 * @param filters        which of the images are shown
 * @param sorting        what they are sorted by, in words of DICOM
 * @param reformatting   Reformatting Operation Type (0072,0510); empty if there is none
 * @param rendering      3D Rendering Type (0072,0520); empty if it has none
 * @param viewDirection  Reformatting Operation Initial View Direction (0072,0516); empty if it has none
 * @param blending       Blending Operation Type (0072,0500); empty if there is none
 * @param voi            VOI Type (0072,0702); empty if it has none
 * @param pseudoColor    Pseudo-Color Type (0072,0704); empty if it has none
 * @param inverted       Show Grayscale Inverted (0072,0706) is YES
 * @param trueSize       Show Image True Size Flag (0072,0710) is YES
 */
record DisplaySet(int number, String label, int group, String groupLabel, ImageSet imageSet, List<ImageBox> boxes,
                  List<Selector> filters, List<String> sorting, String reformatting, String rendering, String viewDirection,
                  String blending, String voi, String pseudoColor, boolean inverted, boolean trueSize) {

    /**
     * An image box.
     *
     * @param number     Image Box Number (0072,0302)
     * @param position   its part of the display environment; {@code null} if it has none that can be drawn
     * @param layoutType Image Box Layout Type (0072,0304): TILED, STACK, CINE, PROCESSED, SINGLE or another term
     * @param columns    tiles in a row
     * @param rows       tiles in a column
     * @param priority   Image Box Overlap Priority (0072,0320): 1 is in front, 100 at the back
     */
    record ImageBox(int number, Rectangle position, String layoutType, int columns, int rows, int priority) {

        /** Where it has no priority: no box is farther back. */
        static final int NO_PRIORITY = 100;
    }
}

package org.hpqr.picture;

/** What falls into the image boxes of a protocol, for a picture of the protocol with a study in it. */
@FunctionalInterface
public interface BoxContents {

    /**
     * What falls into an image box.
     *
     * @param displaySet Display Set Number (0072,0202); 0 if the protocol has none
     * @param imageBox   Image Box Number (0072,0302); 0 if the protocol has none
     * @return a few words, such as the descriptions of series; empty if nothing does
     */
    String of(int displaySet, int imageBox);
}

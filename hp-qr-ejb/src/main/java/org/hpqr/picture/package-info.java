/**
 * Draws a Hanging Protocol and says in words what it shows where: screens, image boxes and image sets of PS3.3 C.23.1 to
 * C.23.3. Knows the toolkit's data sets and nothing else of hp-qr, so that a viewer can use it as a library.
 *
 * <p>{@link org.hpqr.picture.Layout} reads the data set, {@link org.hpqr.picture.LayoutWords} turns it into sentences of one
 * language, {@link org.hpqr.picture.LayoutPicture} into an SVG document. Whatever a data set contains, none of them fails:
 * values of another VR count as absent, and the number of elements drawn is bounded.
 */
package org.hpqr.picture;

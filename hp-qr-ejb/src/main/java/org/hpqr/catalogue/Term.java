package org.hpqr.catalogue;

import java.util.List;

/**
 * A value by which an object can be found.
 *
 * @param path  the attribute: tags of the sequences it stands in, and its own
 * @param value the value, unpadded; a number in decimal digits; {@code null} if an item has none, or a sequence no item
 */
record Term(List<Integer> path, String value) {
}

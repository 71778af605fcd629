package org.hpqr.dataset;

import org.hpqr.spi.HpSettings;
import org.hpqr.spi.Settings;

/**
 * What a data set may hold. In memory, an item needs many times the eight bytes it may have when encoded, and each level
 * of sequences is a level of the decoder's recursion.
 *
 * @param depth most sequences within each other
 * @param items most items of sequences, and fragments, in all
 */
public record DecodingLimits(int depth, int items) {

    /** For what is already stored: it was within the limits that were set when it came in. */
    public static final DecodingLimits NONE_SMALLER = new DecodingLimits(HpSettings.LARGEST_DEPTH, HpSettings.LARGEST_ITEMS);

    /** The limits in force for what is sent to an AE title. */
    public static DecodingLimits of(Settings settings, String calledAET) {
        return new DecodingLimits(settings.get(HpSettings.MAX_DEPTH, calledAET), settings.get(HpSettings.MAX_ITEMS, calledAET));
    }
}

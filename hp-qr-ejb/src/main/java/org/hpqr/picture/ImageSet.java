package org.hpqr.picture;

import java.util.List;

/**
 * A time based image set together with the selectors of its image set (PS3.3 C.23.1).
 *
 * @param number    Image Set Number (0072,0032)
 * @param label     Image Set Label (0072,0040); empty if it has none
 * @param period    what it takes its images from
 * @param selectors which images it takes; all have to be satisfied
 */
record ImageSet(int number, String label, Period period, List<Selector> selectors) {

    /** Drawn for a number that a display set names and no image set has. */
    static ImageSet unknown(int number) {
        return new ImageSet(number, "", new Period.Unknown(), List.of());
    }

    /** What an image set takes its images from: the current study, or others. */
    sealed interface Period {

        /** Relative Time (0072,0038) 0 to 0: the study that is being read. */
        record Current() implements Period {
        }

        /**
         * Relative Time: studies that were made before the current one.
         *
         * @param from  shortest distance
         * @param to    longest distance
         * @param units Relative Time Units (0072,003A)
         */
        record Before(int from, int to, String units) implements Period {
        }

        /**
         * Abstract Prior Value (0072,003C): 1 is the newest prior, -1 the oldest.
         *
         * @param first the newer end
         * @param last  the older end
         */
        record Priors(int first, int last) implements Period {
        }

        /** Abstract Prior Code Sequence (0072,003E). */
        record Coded(String meaning) implements Period {
        }

        /** Nothing that can be understood. */
        record Unknown() implements Period {
        }
    }

    /**
     * An item of Image Set Selector Sequence (0072,0022), or a filter on an attribute or a category.
     *
     * @param attribute     name of the attribute in DICOM's dictionary, or the category
     * @param tag           Selector Attribute (0072,0026); 0 for a category
     * @param operator      Filter-by Operator (0072,0406); {@code MEMBER_OF} for a selector
     * @param values        what it is compared with, as text; the meaning of codes
     * @param takesMissing  {@code true} if images without the attribute are taken, too (usage flag MATCH)
     */
    record Selector(String attribute, int tag, String operator, List<String> values, boolean takesMissing) {
    }
}

package org.hpqr.bench;

import java.util.List;

/**
 * Something that is measured.
 *
 * @param name         names it in the figures
 * @param associations numbers of associations it is measured at
 * @param seconds      how long, as a share of the usual time; operations under way are ended
 * @param measure      measures it
 */
record Scenario(String name, List<Integer> associations, double seconds, Measure measure) {

    /** Measures for a while. */
    interface Measure {
        Window run(int associations, long nanos) throws Exception;
    }
}

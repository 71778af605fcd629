package org.hpqr.bench;

import java.util.Set;
import org.dcm4che3.data.Attributes;

/**
 * A C-FIND and what it has to be answered.
 *
 * @param identifier not to be changed; copied by who sends it
 * @param expected   SOP Instance UIDs of the matches
 */
record Query(Attributes identifier, Set<String> expected) {
}

package org.dcm4chee.arc.retrieve;

import java.io.Closeable;
import java.util.List;
import org.dcm4chee.arc.store.InstanceLocations;

/** Signatures of dcm4chee-arc-retrieve 5.34.3. */
public interface RetrieveContext extends Closeable {

    List<InstanceLocations> getMatches();
}

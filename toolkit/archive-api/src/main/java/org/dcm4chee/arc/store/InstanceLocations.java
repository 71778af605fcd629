package org.dcm4chee.arc.store;

import org.dcm4che3.data.Attributes;

/** Signatures of dcm4chee-arc-store 5.34.3. */
public interface InstanceLocations {

    Attributes getAttributes();
}

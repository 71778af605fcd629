package org.dcm4chee.arc.retrieve;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.net.service.DicomServiceException;
import org.dcm4chee.arc.store.InstanceLocations;

/** Signatures of dcm4chee-arc-retrieve 5.34.3. */
public interface RetrieveService {

    RetrieveContext newRetrieveContext(String localAET, String studyUID, String seriesUID, String objectUID);

    boolean calculateMatches(RetrieveContext ctx) throws DicomServiceException;

    Attributes loadMetadata(RetrieveContext ctx, InstanceLocations inst) throws Exception;
}

package org.dcm4chee.arc.query;

import java.io.Closeable;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.net.service.DicomServiceException;

/** Signatures of dcm4chee-arc-query 5.34.3. */
public interface Query extends Closeable {

    @Override
    void close();

    void executeQuery(int fetchSize, int offset, int limit);

    boolean hasMoreMatches() throws DicomServiceException;

    Attributes nextMatch();
}

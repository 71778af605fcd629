package org.dcm4chee.arc.query.util;

import org.dcm4che3.net.ApplicationEntity;

/** Signatures of dcm4chee-arc-query-util 5.34.3. */
public class QueryParam {

    public QueryParam(ApplicationEntity ae) {
    }
}

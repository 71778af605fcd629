package org.dcm4chee.arc.query;

import org.dcm4che3.net.ApplicationEntity;
import org.dcm4chee.arc.query.util.QueryParam;

/** Signatures of dcm4chee-arc-query 5.34.3. */
public interface QueryService {

    QueryContext newQueryContext(ApplicationEntity ae, QueryParam queryParam);

    Query createStudyQuery(QueryContext ctx);

    Query createSeriesQuery(QueryContext ctx);

    Query createInstanceQuery(QueryContext ctx);
}

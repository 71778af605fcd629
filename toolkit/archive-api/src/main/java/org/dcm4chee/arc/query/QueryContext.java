package org.dcm4chee.arc.query;

import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.IDWithIssuer;
import org.dcm4chee.arc.query.util.OrderByTag;

/** Signatures of dcm4chee-arc-query 5.34.3. */
public interface QueryContext {

    void setQueryKeys(Attributes keys);

    void setPatientIDs(IDWithIssuer... pids);

    void setOrderByTags(List<OrderByTag> orderByTags);
}

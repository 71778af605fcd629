package org.dcm4che3.audit;

import java.util.ArrayList;
import java.util.List;

/** Signatures of dcm4che-audit 5.34.3. */
public class ParticipantObjectDescription {

    private final List<SOPClass> sOPClass = new ArrayList<>();

    public List<SOPClass> getSOPClass() {
        return sOPClass;
    }
}

package org.dcm4che3.audit;

import java.util.ArrayList;
import java.util.List;

/** Signatures of dcm4che-audit 5.34.3. */
public class SOPClass {

    private String uID;
    private Integer numberOfInstances;
    private final List<Instance> instance = new ArrayList<>();

    public String getUID() {
        return uID;
    }

    public void setUID(String value) {
        uID = value;
    }

    public Integer getNumberOfInstances() {
        return numberOfInstances;
    }

    public void setNumberOfInstances(Integer value) {
        numberOfInstances = value;
    }

    public List<Instance> getInstance() {
        return instance;
    }
}

package org.dcm4che3.audit;

/** Signatures of dcm4che-audit 5.34.3. */
public class Instance {

    private String uID;

    public String getUID() {
        return uID;
    }

    public void setUID(String value) {
        uID = value;
    }
}

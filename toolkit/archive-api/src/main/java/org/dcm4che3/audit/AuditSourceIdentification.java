package org.dcm4che3.audit;

/** Signatures of dcm4che-audit 5.34.3. */
public class AuditSourceIdentification {

    private String auditSourceID;

    public String getAuditSourceID() {
        return auditSourceID;
    }

    public void setAuditSourceID(String value) {
        auditSourceID = value;
    }
}

package org.dcm4che3.audit;

/** Signatures of dcm4che-audit 5.34.3. */
public class UserIDTypeCode {

    private String csdCode;

    public String getCsdCode() {
        return csdCode;
    }

    public void setCsdCode(String value) {
        csdCode = value;
    }
}

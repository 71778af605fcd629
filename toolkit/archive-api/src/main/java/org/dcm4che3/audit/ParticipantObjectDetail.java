package org.dcm4che3.audit;

/** Signatures of dcm4che-audit 5.34.3. */
public class ParticipantObjectDetail {

    private String type;
    private byte[] value;

    public String getType() {
        return type;
    }

    public void setType(String value) {
        type = value;
    }

    public byte[] getValue() {
        return value;
    }

    public void setValue(byte[] value) {
        this.value = value;
    }
}

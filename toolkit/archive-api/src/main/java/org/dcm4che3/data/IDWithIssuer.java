package org.dcm4che3.data;

/** Signatures of dcm4che-core 5.34.3. */
public class IDWithIssuer {

    private final String id;

    public IDWithIssuer(String id, String issuer) {
        this.id = id;
    }

    public final String getID() {
        return id;
    }

    public static IDWithIssuer pidOf(Attributes attrs) {
        String id = attrs.getString(Tag.PatientID);
        return id == null ? null : new IDWithIssuer(id, attrs.getString(Tag.IssuerOfPatientID));
    }
}

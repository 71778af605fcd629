package org.dcm4che3.audit;

import java.util.ArrayList;
import java.util.List;

/** Signatures of dcm4che-audit 5.34.3. */
public class ParticipantObjectIdentification {

    private ParticipantObjectIDTypeCode participantObjectIDTypeCode;
    private byte[] participantObjectQuery;
    private ParticipantObjectDescription participantObjectDescription;
    private String participantObjectID;
    private String participantObjectTypeCode;
    private String participantObjectTypeCodeRole;
    private String participantObjectDataLifeCycle;
    private final List<ParticipantObjectDetail> participantObjectDetail = new ArrayList<>();

    public ParticipantObjectIDTypeCode getParticipantObjectIDTypeCode() {
        return participantObjectIDTypeCode;
    }

    public void setParticipantObjectIDTypeCode(ParticipantObjectIDTypeCode value) {
        participantObjectIDTypeCode = value;
    }

    public byte[] getParticipantObjectQuery() {
        return participantObjectQuery;
    }

    public void setParticipantObjectQuery(byte[] value) {
        participantObjectQuery = value;
    }

    public ParticipantObjectDescription getParticipantObjectDescription() {
        return participantObjectDescription;
    }

    public void setParticipantObjectDescription(ParticipantObjectDescription value) {
        participantObjectDescription = value;
    }

    public String getParticipantObjectID() {
        return participantObjectID;
    }

    public void setParticipantObjectID(String value) {
        participantObjectID = value;
    }

    public String getParticipantObjectTypeCode() {
        return participantObjectTypeCode;
    }

    public void setParticipantObjectTypeCode(String value) {
        participantObjectTypeCode = value;
    }

    public String getParticipantObjectTypeCodeRole() {
        return participantObjectTypeCodeRole;
    }

    public void setParticipantObjectTypeCodeRole(String value) {
        participantObjectTypeCodeRole = value;
    }

    public String getParticipantObjectDataLifeCycle() {
        return participantObjectDataLifeCycle;
    }

    public void setParticipantObjectDataLifeCycle(String value) {
        participantObjectDataLifeCycle = value;
    }

    public List<ParticipantObjectDetail> getParticipantObjectDetail() {
        return participantObjectDetail;
    }
}

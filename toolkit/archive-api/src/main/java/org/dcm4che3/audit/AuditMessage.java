package org.dcm4che3.audit;

import java.util.ArrayList;
import java.util.List;

/** Signatures of dcm4che-audit 5.34.3. */
public class AuditMessage {

    private EventIdentification eventIdentification;
    private final List<ActiveParticipant> activeParticipant = new ArrayList<>();
    private final List<AuditSourceIdentification> auditSourceIdentification = new ArrayList<>();
    private final List<ParticipantObjectIdentification> participantObjectIdentification = new ArrayList<>();

    public EventIdentification getEventIdentification() {
        return eventIdentification;
    }

    public void setEventIdentification(EventIdentification value) {
        eventIdentification = value;
    }

    public List<ActiveParticipant> getActiveParticipant() {
        return activeParticipant;
    }

    public List<AuditSourceIdentification> getAuditSourceIdentification() {
        return auditSourceIdentification;
    }

    public List<ParticipantObjectIdentification> getParticipantObjectIdentification() {
        return participantObjectIdentification;
    }
}

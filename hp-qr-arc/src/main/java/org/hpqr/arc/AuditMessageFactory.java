package org.hpqr.arc;

import java.util.ArrayList;
import java.util.Calendar;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.dcm4che3.audit.ActiveParticipant;
import org.dcm4che3.audit.AuditMessage;
import org.dcm4che3.audit.AuditMessages;
import org.dcm4che3.audit.EventIdentification;
import org.dcm4che3.audit.ParticipantObjectDescription;
import org.dcm4che3.audit.ParticipantObjectIdentification;
import org.dcm4che3.net.audit.AuditLogger;
import org.hpqr.arc.AuditEvent.Party;

/**
 * Writes audit messages the way the archive writes its own (PS3.15 A.5.3.3, A.5.3.6, A.5.3.7, A.5.3.10), except that a hanging
 * protocol has no patient and no study: in their place stands the SOP class with its instances.
 */
final class AuditMessageFactory {

    /** A longer identifier is not put into the message: sent over UDP, a message has to fit into one datagram. */
    static final int MAX_IDENTIFIER = 16_384;

    private AuditMessageFactory() {
    }

    /** The message that {@code logger} is to send for an event. */
    static AuditMessage create(AuditEvent event, AuditLogger logger) {
        AuditMessage message = AuditMessages.createMessage(event(event, logger), participants(event, logger),
                event.query() == null ? instances(event, logger) : query(event));
        message.getAuditSourceIdentification().add(logger.createAuditSourceIdentification());
        return message;
    }

    private static EventIdentification event(AuditEvent event, AuditLogger logger) {
        EventIdentification identification = new EventIdentification();
        identification.setEventID(switch (event.kind()) {
            case STORED_NEW, STORED_AGAIN, RETRIEVED -> AuditMessages.EventID.DICOMInstancesTransferred;
            case RETRIEVE_BEGUN -> AuditMessages.EventID.BeginTransferringDICOMInstances;
            case QUERIED -> AuditMessages.EventID.Query;
            case RETIRED, RESTORED, DELETED -> AuditMessages.EventID.DICOMInstancesAccessed;
        });
        identification.setEventActionCode(switch (event.kind()) {
            case STORED_NEW -> AuditMessages.EventActionCode.Create;
            case STORED_AGAIN, RETIRED, RESTORED -> AuditMessages.EventActionCode.Update;
            case DELETED -> AuditMessages.EventActionCode.Delete;
            case RETRIEVED -> AuditMessages.EventActionCode.Read;
            case RETRIEVE_BEGUN, QUERIED -> AuditMessages.EventActionCode.Execute;
        });
        identification.setEventOutcomeIndicator(event.isFailure()
                ? AuditMessages.EventOutcomeIndicator.MinorFailure
                : AuditMessages.EventOutcomeIndicator.Success);
        if (event.isFailure())
            identification.setEventOutcomeDescription(event.outcome() + " " + event.outcome().condition());
        Calendar time = logger.timeStamp();
        time.setTimeInMillis(event.timeMillis());
        identification.setEventDateTime(time);
        return identification;
    }

    /** Source is who sends, destination is who receives; with C-MOVE the requestor is neither. */
    private static List<ActiveParticipant> participants(AuditEvent event, AuditLogger logger) {
        ActiveParticipant archive = participant(Party.ofAE(event.calledAET(), hostOf(logger)), false);
        archive.setAlternativeUserID(AuditLogger.processID());
        ActiveParticipant caller = participant(event.caller(), true);
        List<ActiveParticipant> participants = new ArrayList<>(List.of(archive, caller));
        switch (event.kind()) {
            case STORED_NEW, STORED_AGAIN, QUERIED -> {
                archive.getRoleIDCode().add(AuditMessages.RoleIDCode.Destination);
                caller.getRoleIDCode().add(AuditMessages.RoleIDCode.Source);
            }
            case RETRIEVE_BEGUN, RETRIEVED -> {
                archive.getRoleIDCode().add(AuditMessages.RoleIDCode.Source);
                ActiveParticipant receiver = caller;
                if (event.destination() != null)
                    participants.add(receiver = participant(event.destination(), false));
                receiver.getRoleIDCode().add(AuditMessages.RoleIDCode.Destination);
            }
            case RETIRED, RESTORED, DELETED -> {
                // nothing is sent
            }
        }
        return participants;
    }

    private static ActiveParticipant participant(Party party, boolean requestor) {
        ActiveParticipant participant = new ActiveParticipant();
        participant.setUserID(party.id());
        participant.setUserIDTypeCode(switch (party.type()) {
            case AE_TITLE -> AuditMessages.UserIDTypeCode.StationAETitle;
            case PERSON -> AuditMessages.UserIDTypeCode.PersonID;
            case NODE -> AuditMessages.UserIDTypeCode.NodeID;
        });
        participant.setUserTypeCode(party.type() == AuditEvent.PartyType.AE_TITLE ? AuditMessages.UserTypeCode.Application
                : AuditMessages.UserTypeCode.Person);
        participant.setUserIsRequestor(requestor);
        if (party.host() != null) {
            participant.setNetworkAccessPointID(party.host());
            participant.setNetworkAccessPointTypeCode(AuditMessages.isIP(party.host())
                    ? AuditMessages.NetworkAccessPointTypeCode.IPAddress
                    : AuditMessages.NetworkAccessPointTypeCode.MachineName);
        }
        return participant;
    }

    private static String hostOf(AuditLogger logger) {
        return logger.getConnections().isEmpty() ? null : logger.getConnections().get(0).getHostname();
    }

    private static ParticipantObjectIdentification instances(AuditEvent event, AuditLogger logger) {
        ParticipantObjectIdentification object = sopClass(event);
        if (event.kind() == AuditEvent.Kind.STORED_NEW)
            object.setParticipantObjectDataLifeCycle(AuditMessages.ParticipantObjectDataLifeCycle.OriginationCreation);
        ParticipantObjectDescription description = new ParticipantObjectDescription();
        // as in the archive: instances are always named where something failed
        boolean named = event.isFailure() || logger.isIncludeInstanceUID();
        description.getSOPClass().add(AuditMessages.createSOPClass(
                named ? new HashSet<>(event.instanceUids()) : null, event.sopClassUid(), event.instanceUids().size()));
        object.setParticipantObjectDescription(description);
        // the code of the action is "update" for both
        if (event.kind() == AuditEvent.Kind.RETIRED || event.kind() == AuditEvent.Kind.RESTORED)
            object.getParticipantObjectDetail().add(AuditMessages.createParticipantObjectDetail("Change",
                    event.kind().name().toLowerCase(Locale.ROOT)));
        return object;
    }

    private static ParticipantObjectIdentification query(AuditEvent event) {
        AuditEvent.Query query = event.query();
        ParticipantObjectIdentification object = sopClass(event);
        object.getParticipantObjectDetail().add(AuditMessages.createParticipantObjectDetail("Matches",
                Long.toString(query.matches())));
        if (query.identifier() == null)
            return object;
        if (query.transferSyntax() != null)
            object.getParticipantObjectDetail().add(AuditMessages.createParticipantObjectDetail("TransferSyntax",
                    query.transferSyntax()));
        if (query.identifier().length <= MAX_IDENTIFIER)
            object.setParticipantObjectQuery(query.identifier());
        else
            object.getParticipantObjectDetail().add(AuditMessages.createParticipantObjectDetail("IdentifierLength",
                    Integer.toString(query.identifier().length)));
        return object;
    }

    private static ParticipantObjectIdentification sopClass(AuditEvent event) {
        ParticipantObjectIdentification object = new ParticipantObjectIdentification();
        object.setParticipantObjectID(event.sopClassUid());
        object.setParticipantObjectIDTypeCode(AuditMessages.ParticipantObjectIDTypeCode.SOPClassUID);
        object.setParticipantObjectTypeCode(AuditMessages.ParticipantObjectTypeCode.SystemObject);
        object.setParticipantObjectTypeCodeRole(AuditMessages.ParticipantObjectTypeCodeRole.Report);
        return object;
    }
}

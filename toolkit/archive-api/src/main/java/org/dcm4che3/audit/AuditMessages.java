package org.dcm4che3.audit;

import java.util.HashSet;
import java.util.List;

/** Codes of PS3.15 A.5 and RFC 3881, and factories. Signatures of dcm4che-audit 5.34.3. */
public class AuditMessages {

    public static final class EventActionCode {
        public static final String Create = "C";
        public static final String Read = "R";
        public static final String Update = "U";
        public static final String Delete = "D";
        public static final String Execute = "E";
    }

    public static final class EventOutcomeIndicator {
        public static final String Success = "0";
        public static final String MinorFailure = "4";
    }

    public static final class NetworkAccessPointTypeCode {
        public static final String MachineName = "1";
        public static final String IPAddress = "2";
    }

    public static final class UserTypeCode {
        public static final String Person = "1";
        public static final String Application = "2";
    }

    public static final class ParticipantObjectTypeCode {
        public static final String SystemObject = "2";
    }

    public static final class ParticipantObjectTypeCodeRole {
        public static final String Report = "3";
    }

    public static final class ParticipantObjectDataLifeCycle {
        public static final String OriginationCreation = "1";
    }

    public static final class EventID extends org.dcm4che3.audit.EventID {
        public static final EventID BeginTransferringDICOMInstances = new EventID("110102");
        public static final EventID DICOMInstancesAccessed = new EventID("110103");
        public static final EventID DICOMInstancesTransferred = new EventID("110104");
        public static final EventID Query = new EventID("110112");

        private EventID(String code) {
            setCsdCode(code);
        }
    }

    public static final class RoleIDCode extends org.dcm4che3.audit.RoleIDCode {
        public static final RoleIDCode Destination = new RoleIDCode("110152");
        public static final RoleIDCode Source = new RoleIDCode("110153");

        private RoleIDCode(String code) {
            setCsdCode(code);
        }
    }

    public static final class UserIDTypeCode extends org.dcm4che3.audit.UserIDTypeCode {
        public static final UserIDTypeCode StationAETitle = new UserIDTypeCode("110119");
        public static final UserIDTypeCode NodeID = new UserIDTypeCode("110182");
        public static final UserIDTypeCode PersonID = new UserIDTypeCode("113871");

        private UserIDTypeCode(String code) {
            setCsdCode(code);
        }
    }

    public static final class ParticipantObjectIDTypeCode extends org.dcm4che3.audit.ParticipantObjectIDTypeCode {
        public static final ParticipantObjectIDTypeCode SOPClassUID = new ParticipantObjectIDTypeCode("110181");

        private ParticipantObjectIDTypeCode(String code) {
            setCsdCode(code);
        }
    }

    public static boolean isIP(String s) {
        return s.matches("[0-9.]+") || s.indexOf(':') >= 0;
    }

    public static AuditMessage createMessage(EventIdentification event, List<ActiveParticipant> participants,
                                             ParticipantObjectIdentification... objects) {
        AuditMessage message = new AuditMessage();
        message.setEventIdentification(event);
        message.getActiveParticipant().addAll(participants);
        message.getParticipantObjectIdentification().addAll(List.of(objects));
        return message;
    }

    public static ParticipantObjectDetail createParticipantObjectDetail(String type, String value) {
        ParticipantObjectDetail detail = new ParticipantObjectDetail();
        detail.setType(type);
        detail.setValue(value.getBytes());
        return detail;
    }

    public static SOPClass createSOPClass(HashSet<String> instances, String uid, Integer numberOfInstances) {
        SOPClass sopClass = new SOPClass();
        sopClass.setUID(uid);
        sopClass.setNumberOfInstances(numberOfInstances);
        if (instances != null)
            for (String instanceUid : instances) {
                Instance instance = new Instance();
                instance.setUID(instanceUid);
                sopClass.getInstance().add(instance);
            }
        return sopClass;
    }
}

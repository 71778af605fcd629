package org.hpqr.testkit.samples;

import java.util.List;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;

/** Who may do what: the table of docs/security.md, for tests of the rules themselves, over DIMSE and over the web. */
public final class AccessTable {

    /** The group of the group's protocol. */
    public static final String GROUP = "READERS";

    private AccessTable() {
    }

    /** Who asks. */
    public enum Person {
        ADMINISTRATOR("administrator"), MANAGER(GROUP, "group-manager"), MEMBER(GROUP), OWNER(), OTHER("OTHERS", "group-manager"),
        /** It is required to say who one is, and this one does not. */
        UNKNOWN();

        private final Set<String> roles;

        Person(String... roles) {
            this.roles = Set.of(roles);
        }

        /** User name. */
        public String userName() {
            return name().toLowerCase();
        }

        /** Names of the user's roles. */
        public Set<String> roles() {
            return roles;
        }
    }

    /** Whose protocol it is, and what the persons may do, in their order: {@code r} find and fetch, {@code w} all else. */
    public enum Protocol {
        MANUFACTURER("rw", "r", "r", "r", "r", "r"),
        SITE("rw", "r", "r", "r", "r", "r"),
        USER_GROUP("rw", "rw", "r", "", "", ""),
        SINGLE_USER("rw", "", "", "rw", "", ""),
        GROUP_WITHOUT_NAME("rw", "r", "r", "r", "r", ""),
        USER_WITHOUT_CODE("rw", "r", "r", "r", "r", ""),
        OTHER_LEVEL("rw", "r", "r", "r", "r", ""),
        NO_LEVEL("rw", "r", "r", "r", "r", "");

        private final List<String> may;

        Protocol(String... may) {
            this.may = List.of(may);
        }

        /** May this person find and fetch it? */
        public boolean mayRead(Person person) {
            return may.get(person.ordinal()).contains("r");
        }

        /** May this person store, replace, retire, restore and delete it? */
        public boolean mayWrite(Person person) {
            return may.get(person.ordinal()).contains("w");
        }

        /** Such a protocol. */
        public Attributes of(String sopInstanceUid) {
            Attributes protocol = SampleProtocols.chestXray();
            protocol.setString(Tag.SOPInstanceUID, VR.UI, sopInstanceUid);
            protocol.setNull(Tag.HangingProtocolUserIdentificationCodeSequence, VR.SQ);
            protocol.setString(Tag.HangingProtocolLevel, VR.CS, switch (this) {
                case MANUFACTURER, SITE, USER_GROUP, SINGLE_USER -> name();
                case GROUP_WITHOUT_NAME -> "USER_GROUP";
                case USER_WITHOUT_CODE -> "SINGLE_USER";
                case OTHER_LEVEL -> "WARD";
                case NO_LEVEL -> "";
            });
            if (this == USER_GROUP)
                protocol.setString(Tag.HangingProtocolUserGroupName, VR.LO, GROUP);
            if (this == SINGLE_USER)
                ProtocolParts.put(protocol, Tag.HangingProtocolUserIdentificationCodeSequence,
                        ProtocolParts.code(Person.OWNER.userName(), "99HPQR", "The owner"));
            return protocol;
        }
    }
}

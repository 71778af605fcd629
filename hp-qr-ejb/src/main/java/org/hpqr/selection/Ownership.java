package org.hpqr.selection;

import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;

/**
 * For whom a protocol is, as its data set says: by Hanging Protocol Level (0072,0006), User Identification Code (0072,000E)
 * and User Group Name (0072,0010) of PS3.3 C.23.1.
 *
 * @param user  the user's code; {@code null} but for {@link Owner#USER}
 * @param group the group's name; {@code null} but for {@link Owner#GROUP}
 */
public record Ownership(Owner owner, Code user, String group) {

    /** Whose it is. */
    public enum Owner {
        /** Level MANUFACTURER: everybody's. */
        MANUFACTURER,
        /** Level SITE: everybody's. */
        SITE,
        /** Level USER_GROUP, with the name of a group. */
        GROUP,
        /** Level SINGLE_USER, with the code of a user. */
        USER,
        /** Level USER_GROUP without a name, or SINGLE_USER without a code: there is nothing to decide by. */
        UNNAMED,
        /** No level, or one that PS3.3 does not have. */
        UNKNOWN_LEVEL
    }

    /** Reads it from a data set, which is not changed. */
    public static Ownership of(Attributes protocol) {
        return switch (Elements.text(protocol, Tag.HangingProtocolLevel).orElse("")) {
            case "MANUFACTURER" -> of(Owner.MANUFACTURER);
            case "SITE" -> of(Owner.SITE);
            case "USER_GROUP" -> Elements.text(protocol, Tag.HangingProtocolUserGroupName)
                    .map(group -> new Ownership(Owner.GROUP, null, group)).orElse(of(Owner.UNNAMED));
            case "SINGLE_USER" -> user(protocol).map(user -> new Ownership(Owner.USER, user, null)).orElse(of(Owner.UNNAMED));
            default -> of(Owner.UNKNOWN_LEVEL);
        };
    }

    private static Optional<Code> user(Attributes protocol) {
        return Elements.firstItem(protocol, Tag.HangingProtocolUserIdentificationCodeSequence).flatMap(Code::of);
    }

    private static Ownership of(Owner owner) {
        return new Ownership(owner, null, null);
    }

    /** Says whether it is for this reader: the reader's own, that of a group the reader is a member of, or everybody's. */
    public boolean isFor(Reader reader) {
        return switch (owner) {
            case USER -> reader.user() != null && reader.user().isSameAs(user);
            case GROUP -> reader.groups().contains(group);
            default -> true;
        };
    }
}

package org.hpqr.access;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;

/**
 * For whom a hanging protocol is, as its data set says (PS3.3 C.23.1).
 *
 * @param owner      decided by Hanging Protocol Level (0072,0006), and by whether the protocol says whose it is
 * @param userCode   code value of Hanging Protocol User Identification Code Sequence (0072,000E); empty if it is no user's
 * @param userScheme its Coding Scheme Designator (0008,0102)
 * @param group      Hanging Protocol User Group Name (0072,0010); empty if it is no group's
 */
public record Ownership(Owner owner, String userCode, String userScheme, String group) {

    /** Whose it is. */
    public enum Owner {
        /** MANUFACTURER, SITE, USER_GROUP without a group, another level or none: nobody in particular. */
        SITE,
        /** USER_GROUP. */
        GROUP,
        /** SINGLE_USER with a user code. */
        USER,
        /** SINGLE_USER without a user code: there is nothing to decide by. */
        UNNAMED_USER
    }

    /** Reads it from a data set. */
    public static Ownership of(Attributes protocol) {
        return switch (text(protocol, Tag.HangingProtocolLevel)) {
            case "USER_GROUP" -> group(text(protocol, Tag.HangingProtocolUserGroupName));
            case "SINGLE_USER" -> user(protocol);
            default -> nobody(Owner.SITE);
        };
    }

    private static Ownership group(String name) {
        return name.isEmpty() ? nobody(Owner.SITE) : new Ownership(Owner.GROUP, "", "", name);
    }

    private static Ownership user(Attributes protocol) {
        Sequence codes = protocol.getSequence(Tag.HangingProtocolUserIdentificationCodeSequence);
        if (codes == null || codes.isEmpty())
            return nobody(Owner.UNNAMED_USER);
        Attributes code = codes.get(0);
        for (int tag : new int[] {Tag.CodeValue, Tag.LongCodeValue, Tag.URNCodeValue}) {
            String value = text(code, tag);
            if (!value.isEmpty())
                return new Ownership(Owner.USER, value, text(code, Tag.CodingSchemeDesignator), "");
        }
        return nobody(Owner.UNNAMED_USER);
    }

    private static Ownership nobody(Owner owner) {
        return new Ownership(owner, "", "", "");
    }

    private static String text(Attributes item, int tag) {
        String value = item.getString(tag);
        return value == null ? "" : value.strip();
    }
}

package org.hpqr.selection;

import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;

/**
 * For whom a protocol is: by Hanging Protocol Level (0072,0006), User Identification Code (0072,000E) and User Group Name
 * (0072,0010) of PS3.3 C.23.1. The standard has no access rules; a protocol without what would decide is for everybody.
 *
 * @param owner whose it is, as seen by the reader
 */
record Visibility(Outcome outcome, Owner owner, Reason reason) {

    /** In the order in which they go: the nearer to the reader, the earlier (PS3.17 V.1). */
    enum Owner {
        READER, GROUP, SITE, MANUFACTURER,
        /** Somebody, but who reads is not known, or what the protocol says is malformed. */
        SOMEBODY
    }

    /** @param reader {@code null}: who reads is not known, and everything is visible */
    static Visibility of(Attributes protocol, Reader reader) {
        String level = Elements.text(protocol, Tag.HangingProtocolLevel).orElse("");
        return switch (level) {
            case "MANUFACTURER" -> everybody(Owner.MANUFACTURER, level, "for everybody");
            case "SITE" -> everybody(Owner.SITE, level, "for everybody");
            case "USER_GROUP" -> group(protocol, reader, level);
            case "SINGLE_USER" -> user(protocol, reader, level);
            default -> new Visibility(Outcome.NOT_EVALUABLE, Owner.SOMEBODY, reason(Outcome.NOT_EVALUABLE,
                    Tag.HangingProtocolLevel, null, level.isEmpty() ? null : level,
                    "The protocol's level is " + (level.isEmpty() ? "not stated" : level) + ", so it is not clear for whom it is."));
        };
    }

    private static Visibility group(Attributes protocol, Reader reader, String level) {
        Optional<String> group = Elements.text(protocol, Tag.HangingProtocolUserGroupName);
        if (group.isEmpty())
            return everybody(Owner.SITE, level, "names no group, so it is for everybody");
        if (reader == null)
            return everybody(Owner.SOMEBODY, level, "for the group " + group.get() + ", and who reads is not known");
        boolean member = reader.groups().contains(group.get());
        String found = reader.groups().isEmpty() ? null : String.join(", ", reader.groups().stream().sorted().toList());
        return new Visibility(Outcome.of(member), Owner.GROUP, reason(Outcome.of(member), Tag.HangingProtocolUserGroupName,
                group.get(), found, "The protocol is for the group " + group.get() + ", of which the reader is "
                        + (member ? "a member." : "no member.")));
    }

    private static Visibility user(Attributes protocol, Reader reader, String level) {
        Optional<Code> user = Elements.firstItem(protocol, Tag.HangingProtocolUserIdentificationCodeSequence).flatMap(Code::of);
        if (user.isEmpty())
            return everybody(Owner.SITE, level, "names no user, so it is for everybody");
        if (reader == null)
            return everybody(Owner.SOMEBODY, level, "for the user " + user.get() + ", and who reads is not known");
        boolean own = reader.user() != null && reader.user().isSameAs(user.get());
        return new Visibility(Outcome.of(own), Owner.READER, reason(Outcome.of(own),
                Tag.HangingProtocolUserIdentificationCodeSequence, user.get().toString(),
                reader.user() == null ? null : reader.user().toString(), "The protocol is for the user " + user.get()
                        + ", and the reader " + (own ? "is that user."
                                : reader.user() == null ? "has no user code." : "is " + reader.user() + ".")));
    }

    private static Visibility everybody(Owner owner, String level, String why) {
        return new Visibility(Outcome.MATCHES, owner, reason(Outcome.MATCHES, Tag.HangingProtocolLevel, null, level,
                "The protocol's level is " + level + ": " + why + "."));
    }

    private static Reason reason(Outcome outcome, int tag, String wanted, String found, String sentence) {
        return new Reason(Reason.Step.VISIBILITY, outcome, Elements.name(tag), wanted, found, null, sentence);
    }
}

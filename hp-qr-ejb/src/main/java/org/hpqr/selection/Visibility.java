package org.hpqr.selection;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;

/**
 * Whether a protocol is for a reader, by its {@link Ownership}. The standard has no access rules; a protocol without what would
 * decide is for everybody.
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
        Ownership ownership = Ownership.of(protocol);
        return switch (ownership.owner()) {
            case MANUFACTURER, SITE -> everybody(Owner.valueOf(level), level, "for everybody");
            case UNNAMED -> everybody(Owner.SITE, level,
                    "names no " + (level.equals("USER_GROUP") ? "group" : "user") + ", so it is for everybody");
            case GROUP -> group(ownership, reader, level);
            case USER -> user(ownership, reader, level);
            case UNKNOWN_LEVEL -> new Visibility(Outcome.NOT_EVALUABLE, Owner.SOMEBODY, reason(Outcome.NOT_EVALUABLE,
                    Tag.HangingProtocolLevel, null, level.isEmpty() ? null : level,
                    "The protocol's level is " + (level.isEmpty() ? "not stated" : level) + ", so it is not clear for whom it is."));
        };
    }

    private static Visibility group(Ownership ownership, Reader reader, String level) {
        if (reader == null)
            return everybody(Owner.SOMEBODY, level, "for the group " + ownership.group() + ", and who reads is not known");
        boolean member = ownership.isFor(reader);
        String found = reader.groups().isEmpty() ? null : String.join(", ", reader.groups().stream().sorted().toList());
        return new Visibility(Outcome.of(member), Owner.GROUP, reason(Outcome.of(member), Tag.HangingProtocolUserGroupName,
                ownership.group(), found, "The protocol is for the group " + ownership.group() + ", of which the reader is "
                        + (member ? "a member." : "no member.")));
    }

    private static Visibility user(Ownership ownership, Reader reader, String level) {
        if (reader == null)
            return everybody(Owner.SOMEBODY, level, "for the user " + ownership.user() + ", and who reads is not known");
        boolean own = ownership.isFor(reader);
        return new Visibility(Outcome.of(own), Owner.READER, reason(Outcome.of(own),
                Tag.HangingProtocolUserIdentificationCodeSequence, ownership.user().toString(),
                reader.user() == null ? null : reader.user().toString(), "The protocol is for the user " + ownership.user()
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

package org.hpqr.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.Set;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.access.AccessRules.Action;
import org.hpqr.access.AccessRules.Identity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of who may do what: each protocol, each kind of person, each action. */
class AccessRulesTest {

    /** May: r read, c create, w change. */
    @ParameterizedTest(name = "{0}: administrator {1}, manager {2}, member {3}, owner {4}, other {5}, unknown {6}")
    @CsvSource({
        // protocol,     administrator, manager, member, owner, other, unknown
        "MANUFACTURER,   rcw,           r,       r,      r,     r,     r",
        "SITE,           rcw,           r,       r,      r,     r,     r",
        "NO_LEVEL,       rcw,           r,       r,      r,     r,     r",
        "UNKNOWN_LEVEL,  rcw,           r,       r,      r,     r,     r",
        "USER_GROUP,     rcw,           rcw,     r,      -,     -,     -",
        "GROUP_UNNAMED,  rcw,           r,       r,      r,     r,     r",
        "SINGLE_USER,    rcw,           -,       -,      rcw,   -,     -",
        "USER_UNNAMED,   rcw,           r,       r,      r,     r,     -",
    })
    void identityRequired(String protocol, String administrator, String manager, String member, String owner, String other,
                          String unknown) {
        Ownership ownership = Ownership.of(protocol(protocol));

        assertEquals(administrator, may(ownership, Identity.REQUIRE, person("admin", Set.of(), Set.of(), true)), "administrator");
        assertEquals(manager, may(ownership, Identity.REQUIRE, person("boss", Set.of(), Set.of("READERS"), false)), "manager");
        assertEquals(member, may(ownership, Identity.REQUIRE, person("anna", Set.of("READERS"), Set.of(), false)), "member");
        assertEquals(owner, may(ownership, Identity.REQUIRE, person("susan", Set.of(), Set.of(), false)), "owner");
        assertEquals(other, may(ownership, Identity.REQUIRE, person("other", Set.of("OTHERS"), Set.of("OTHERS"), false)), "other");
        assertEquals(unknown, may(ownership, Identity.REQUIRE, Optional.empty()), "unknown");
    }

    @ParameterizedTest
    @EnumSource(names = {"OFF", "PREFER"})
    void whoIsNotKnownIsTrustedWhereIdentityIsNotRequired(Identity identity) {
        assertEquals("rcw", may(Ownership.of(protocol("SINGLE_USER")), identity, Optional.empty()));
    }

    @Test
    void aKnownIdentityDecidesWhereItIsPreferred() {
        assertEquals("-", may(Ownership.of(protocol("SINGLE_USER")), Identity.PREFER, person("other", Set.of(), Set.of(), false)));
    }

    @Test
    void aKnownIdentityIsNotLookedAtWhereIdentityIsOff() {
        assertEquals("rcw", may(Ownership.of(protocol("SINGLE_USER")), Identity.OFF, person("other", Set.of(), Set.of(), false)));
    }

    @Test
    void theSameCodeValueOfAnotherSchemeIsSomebodyElse() {
        Optional<Person> namesake = Optional.of(new Person("susan", "99OTHER", Set.of(), Set.of(), false));

        assertEquals("-", may(Ownership.of(protocol("SINGLE_USER")), Identity.REQUIRE, namesake));
    }

    private static String may(Ownership ownership, Identity identity, Optional<Person> person) {
        AccessRules rules = new AccessRules(identity);
        String may = (rules.allows(person, ownership, Action.READ) ? "r" : "")
                + (rules.allows(person, ownership, Action.CREATE) ? "c" : "")
                + (rules.allows(person, ownership, Action.CHANGE) ? "w" : "");
        return may.isEmpty() ? "-" : may;
    }

    private static Optional<Person> person(String code, Set<String> groups, Set<String> managed, boolean administrator) {
        return Optional.of(new Person(code, "99HPQR", groups, managed, administrator));
    }

    private static Attributes protocol(String kind) {
        Attributes protocol = new Attributes();
        switch (kind) {
            case "NO_LEVEL" -> { }
            case "UNKNOWN_LEVEL" -> protocol.setString(Tag.HangingProtocolLevel, VR.CS, "REGION");
            case "GROUP_UNNAMED" -> protocol.setString(Tag.HangingProtocolLevel, VR.CS, "USER_GROUP");
            case "USER_UNNAMED" -> protocol.setString(Tag.HangingProtocolLevel, VR.CS, "SINGLE_USER");
            default -> protocol.setString(Tag.HangingProtocolLevel, VR.CS, kind);
        }
        if (kind.equals("USER_GROUP"))
            protocol.setString(Tag.HangingProtocolUserGroupName, VR.LO, "READERS ");
        if (kind.equals("SINGLE_USER")) {
            Attributes code = new Attributes();
            code.setString(Tag.CodeValue, VR.SH, "susan");
            code.setString(Tag.CodingSchemeDesignator, VR.SH, "99HPQR");
            protocol.newSequence(Tag.HangingProtocolUserIdentificationCodeSequence, 1).add(code);
        }
        return protocol;
    }
}

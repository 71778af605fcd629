package org.hpqr.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hpqr.selection.Code;
import org.hpqr.spi.GivenSettings;
import org.hpqr.spi.HpSettings.IdentityMode;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.Setting;
import org.hpqr.spi.User;
import org.hpqr.testkit.samples.AccessTable.Person;
import org.hpqr.testkit.samples.AccessTable.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may do what: the table, and what becomes of users and roles by the settings. */
class AccessRulesTest {

    private final Map<Setting<?>, Object> values = new HashMap<>(Map.of(HpSettings.IDENTITY, IdentityMode.REQUIRE));
    private final AccessRules rules = new AccessRules(new GivenSettings(values));

    private static Stream<Arguments> table() {
        return Stream.of(Protocol.values()).flatMap(protocol -> Stream.of(Person.values()).map(who -> Arguments.of(protocol, who)));
    }

    @ParameterizedTest
    @MethodSource("table")
    void theTable(Protocol protocol, Person who) {
        Permissions permissions = rules.of("HPQR", who == Person.UNKNOWN ? null : user(who.userName(), who.roles()));

        assertEquals(protocol.mayRead(who), permissions.allowReading(protocol.of("1.2.3")), "read");
        assertEquals(protocol.mayWrite(who), permissions.allowWriting(protocol.of("1.2.3")), "write");
    }

    @ParameterizedTest
    @EnumSource(names = {"OFF", "PREFER"})
    void whoIsNotKnownMayDoEverythingWhereThatIsNotRequired(IdentityMode identity) {
        values.put(HpSettings.IDENTITY, identity);

        assertTrue(rules.of("HPQR", null).areUnlimited());
        assertTrue(rules.of("HPQR", null).allowWriting(Protocol.SINGLE_USER.of("1.2.3")));
    }

    @Test
    void aUserWhoIsKnownIsJudgedWhateverIsRequired() {
        values.put(HpSettings.IDENTITY, IdentityMode.OFF);

        assertFalse(rules.of("HPQR", user("other", Set.of())).allowReading(Protocol.SINGLE_USER.of("1.2.3")));
    }

    @Test
    void aNameThatNobodyHasVerifiedManagesAndAdministersNothing() {
        Permissions claimed = rules.of("HPQR", new User("owner", Set.of("READERS", "group-manager", "administrator"), false));

        assertFalse(claimed.areUnlimited());
        assertTrue(claimed.allowReading(Protocol.USER_GROUP.of("1.2.3")));
        assertFalse(claimed.allowWriting(Protocol.USER_GROUP.of("1.2.3")));
        assertTrue(claimed.allowWriting(Protocol.SINGLE_USER.of("1.2.3")));
        assertFalse(claimed.allowWriting(Protocol.SITE.of("1.2.3")));
    }

    @Test
    void theSameCodeInAnotherSchemeIsSomebodyElse() {
        values.put(HpSettings.USER_CODE_SCHEME, "99OTHER");

        assertFalse(rules.of("HPQR", user("owner", Set.of())).allowReading(Protocol.SINGLE_USER.of("1.2.3")));
    }

    @Test
    void usersHaveCodesBySettings() {
        values.put(HpSettings.USER_CODES, HpSettings.USER_CODES.parse("anna=owner, bert=4711^HOSP_ID, carl=x^y^z"));

        assertTrue(rules.of("HPQR", user("anna", Set.of())).allowWriting(Protocol.SINGLE_USER.of("1.2.3")));
        assertEquals(new Code("4711", "HOSP_ID", null), rules.of("HPQR", user("bert", Set.of())).reader().orElseThrow().user());
        assertEquals(new Code("x^y", "z", null), rules.of("HPQR", user("carl", Set.of())).reader().orElseThrow().user());
        assertEquals(new Code("dora", "99HPQR", null), rules.of("HPQR", user("dora", Set.of())).reader().orElseThrow().user());
    }

    @Test
    void rolesMakeMembersAndManagersBySettings() {
        values.put(HpSettings.GROUP_NAMES, HpSettings.GROUP_NAMES.parse("radiologist=READERS"));
        values.put(HpSettings.GROUP_MANAGER_ROLES, List.of("chief", "deputy"));
        values.put(HpSettings.ADMINISTRATOR_ROLES, List.of("root"));

        assertTrue(rules.of("HPQR", user("anna", Set.of("radiologist"))).allowReading(Protocol.USER_GROUP.of("1.2.3")));
        assertFalse(rules.of("HPQR", user("anna", Set.of("radiologist", "group-manager"))).allowWriting(Protocol.USER_GROUP.of("1.2.3")));
        assertTrue(rules.of("HPQR", user("anna", Set.of("radiologist", "deputy"))).allowWriting(Protocol.USER_GROUP.of("1.2.3")));
        assertEquals(Set.of("READERS", "er"), rules.of("HPQR", user("anna", Set.of("radiologist", "er", "chief"))).managedGroups());
        assertTrue(rules.of("HPQR", user("anna", Set.of("root"))).areUnlimited());
        assertFalse(rules.of("HPQR", user("anna", Set.of("administrator"))).areUnlimited());
    }

    /** Nobody is to be offered them as groups. */
    @Test
    void rolesOfTheLoginMakeNoMembers() {
        Set<String> roles = Set.of("READERS", "group-manager", "default-roles-hospital", "offline_access", "uma_authorization", "auth", "user", "admin", "root");
        assertEquals(Set.of("READERS"), rules.of("HPQR", user("anna", roles)).managedGroups());
        assertEquals(Set.of("READERS"), rules.of("HPQR", user("anna", roles)).reader().orElseThrow().groups());

        values.put(HpSettings.GROUP_NAMES, HpSettings.GROUP_NAMES.parse("user=EVERYBODY"));
        assertEquals(Set.of("READERS", "EVERYBODY"), rules.of("HPQR", user("anna", roles)).managedGroups());
    }

    private static User user(String name, Set<String> roles) {
        return new User(name, roles, true);
    }
}

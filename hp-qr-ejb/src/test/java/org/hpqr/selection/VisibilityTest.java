package org.hpqr.selection;

import static org.hpqr.selection.DataSets.dataSet;
import static org.hpqr.selection.Outcome.DOES_NOT_MATCH;
import static org.hpqr.selection.Outcome.MATCHES;
import static org.hpqr.selection.Outcome.NOT_EVALUABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.hpqr.selection.Visibility.Owner;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.Test;

/** For whom a protocol is: level, user and group of PS3.3 C.23.1. */
class VisibilityTest {

    private static final Code SUSAN = new Code("58489749P", "HOSP_ID", "Susan H. Chan");
    private static final Reader READER = new Reader(SUSAN, Set.of("BREAST_READERS", "ER"));

    private static final Attributes OF_SUSAN = dataSet(Tag.HangingProtocolLevel, "SINGLE_USER",
            Tag.HangingProtocolUserIdentificationCodeSequence, new Code("58489749P", "HOSP_ID", "other meaning"));
    private static final Attributes OF_READERS =
            dataSet(Tag.HangingProtocolLevel, "USER_GROUP", Tag.HangingProtocolUserGroupName, "BREAST_READERS");

    private static void assertIs(Outcome outcome, Owner owner, Visibility visibility) {
        assertEquals(outcome, visibility.outcome());
        assertEquals(owner, visibility.owner());
    }

    @Clause("PS3.3 C.23.1")
    @Test
    void siteAndManufacturerAreForEverybody() {
        assertIs(MATCHES, Owner.SITE, Visibility.of(dataSet(Tag.HangingProtocolLevel, "SITE"), READER));
        assertIs(MATCHES, Owner.MANUFACTURER, Visibility.of(dataSet(Tag.HangingProtocolLevel, "MANUFACTURER"), null));
    }

    @Clause("PS3.3 C.23.1")
    @Test
    void aUsersProtocolIsForThatUser() {
        assertIs(MATCHES, Owner.READER, Visibility.of(OF_SUSAN, READER));
        assertIs(DOES_NOT_MATCH, Owner.READER, Visibility.of(OF_SUSAN, new Reader(new Code("58489749P", "99", null), Set.of())));
        Visibility nobody = Visibility.of(OF_SUSAN, new Reader(null, Set.of()));
        assertIs(DOES_NOT_MATCH, Owner.READER, nobody);
        assertEquals("The protocol is for the user 58489749P (HOSP_ID, other meaning), and the reader has no user code.",
                nobody.reason().sentence());
    }

    @Clause("PS3.3 C.23.1")
    @Test
    void aUsersProtocolWithoutACodeIsForEverybody() {
        assertIs(MATCHES, Owner.SITE, Visibility.of(dataSet(Tag.HangingProtocolLevel, "SINGLE_USER"), READER));
    }

    @Clause("PS3.3 C.23.1")
    @Test
    void aGroupsProtocolIsForItsMembers() {
        assertIs(MATCHES, Owner.GROUP, Visibility.of(OF_READERS, READER));
        Visibility other = Visibility.of(OF_READERS, new Reader(SUSAN, Set.of("ER")));
        assertIs(DOES_NOT_MATCH, Owner.GROUP, other);
        assertEquals("The protocol is for the group BREAST_READERS, of which the reader is no member.", other.reason().sentence());
    }

    @Clause("PS3.3 C.23.1")
    @Test
    void aGroupsProtocolWithoutANameIsForEverybody() {
        assertIs(MATCHES, Owner.SITE, Visibility.of(dataSet(Tag.HangingProtocolLevel, "USER_GROUP"), READER));
    }

    @Test
    void aUserCodeMayHaveNoScheme_8_8() {
        Attributes protocol = dataSet(Tag.HangingProtocolLevel, "SINGLE_USER", Tag.HangingProtocolUserIdentificationCodeSequence,
                dataSet(Tag.URNCodeValue, "urn:oid:1.2"));

        assertIs(MATCHES, Owner.READER, Visibility.of(protocol, new Reader(new Code("urn:oid:1.2", "", null), Set.of())));
    }

    @Test
    void whoeverReadsAllIsVisibleIfThatIsNotKnown() {
        assertIs(MATCHES, Owner.SOMEBODY, Visibility.of(OF_SUSAN, null));
        assertIs(MATCHES, Owner.SOMEBODY, Visibility.of(OF_READERS, null));
    }

    @Clause("PS3.3 C.23.1")
    @Test
    void aLevelThatIsNotEnumeratedIsNotGuessed() {
        assertIs(NOT_EVALUABLE, Owner.SOMEBODY, Visibility.of(dataSet(Tag.HangingProtocolLevel, "WARD"), READER));
        assertIs(NOT_EVALUABLE, Owner.SOMEBODY, Visibility.of(dataSet(), READER));
    }
}

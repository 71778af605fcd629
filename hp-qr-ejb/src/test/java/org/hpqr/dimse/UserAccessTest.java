package org.hpqr.dimse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.hpqr.database.HistoryEntry;
import org.hpqr.service.Caller;
import org.hpqr.service.Change;
import org.hpqr.service.SendMemory;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.HpSettings.DuplicatePolicy;
import org.hpqr.spi.HpSettings.IdentityMode;
import org.hpqr.spi.HpSettings.ValidationLevel;
import org.hpqr.spi.User;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.samples.AccessTable.Person;
import org.hpqr.testkit.samples.AccessTable.Protocol;
import org.hpqr.testkit.server.Await;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the users that peers name may do: each operation, by the table. */
class UserAccessTest {

    private static final int NOT_AUTHORIZED = 0x0124;
    private static final Caller ADMINISTRATOR = new Caller("HPQR", "PEER", user(Person.ADMINISTRATOR), null);

    private static TestServer server;
    private static Peer peer;

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer();
        server.settings.put(HpSettings.VALIDATION, ValidationLevel.OFF);
        peer = new Peer(server.port);
    }

    @AfterAll
    static void stop() {
        peer.close();
        server.close();
    }

    /** One protocol of each row is stored. */
    @BeforeEach
    void storeAll() throws Exception {
        server.settings.put(HpSettings.IDENTITY, IdentityMode.OFF);
        server.settings.put(HpSettings.DUPLICATE_POLICY, DuplicatePolicy.REPLACE);
        for (Protocol protocol : Protocol.values())
            assertEquals(0, peer.store(protocol.of(uid(protocol)), UID.ExplicitVRLittleEndian).status());
        server.settings.put(HpSettings.IDENTITY, IdentityMode.REQUIRE);
    }

    @ParameterizedTest
    @EnumSource
    void whatSomebodyMayNotSeeMatchesNothing(Person who) throws Exception {
        server.user = user(who);

        assertEquals(visibleTo(who), found());
    }

    @ParameterizedTest
    @EnumSource
    void whatSomebodyMayNotSeeIsNotRetrieved(Person who) throws Exception {
        server.user = user(who);
        peer.receiver.received.clear();

        Peer.Response last = peer.get(Peer.uids(uids())).last();

        assertEquals(0, last.status());
        assertEquals(visibleTo(who).size(), last.command().getInt(Tag.NumberOfCompletedSuboperations, -1));
        assertEquals(visibleTo(who), peer.receiver.received.stream().map(object -> object.getString(Tag.SOPInstanceUID))
                .collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @EnumSource
    void storing(Person who) throws Exception {
        server.user = user(who);
        for (Protocol protocol : Protocol.values()) {
            String newUid = uid(protocol) + ".1." + (who.ordinal() + 1);

            assertEquals(protocol.mayWrite(who) ? 0 : NOT_AUTHORIZED,
                    peer.store(protocol.of(newUid), UID.ExplicitVRLittleEndian).status(), protocol + " new");
            assertEquals(protocol.mayWrite(who) ? 0 : NOT_AUTHORIZED,
                    peer.store(changed(protocol.of(uid(protocol)), who.name()), UID.ExplicitVRLittleEndian).status(), protocol + " again");
        }
    }

    /** The owner may store the new one, but not take the place of what is somebody else's. */
    @ParameterizedTest
    @EnumSource(names = {"MANUFACTURER", "SITE", "USER_GROUP", "USER_WITHOUT_CODE", "NO_LEVEL"})
    void nobodysProtocolIsTakenOver(Protocol protocol) throws Exception {
        server.user = user(Person.OWNER);

        Peer.Response answer = peer.store(Protocol.SINGLE_USER.of(uid(protocol)), UID.ExplicitVRLittleEndian);

        assertEquals(NOT_AUTHORIZED, answer.status());
        server.user = user(Person.ADMINISTRATOR);
        assertEquals(visibleTo(Person.ADMINISTRATOR), found());
        server.user = user(Person.MANAGER);
        assertEquals(visibleTo(Person.MANAGER), found());
    }

    /** The answer is the one to an object that may not be stored anyway, whatever becomes of duplicates. */
    @ParameterizedTest
    @EnumSource
    void aStoreDoesNotTellWhatIsInItsWay(DuplicatePolicy policy) throws Exception {
        server.settings.put(HpSettings.DUPLICATE_POLICY, policy);
        server.user = user(Person.OWNER);

        Peer.Response invisible = peer.store(Protocol.SINGLE_USER.of(uid(Protocol.USER_GROUP)), UID.ExplicitVRLittleEndian);
        Peer.Response forbidden = peer.store(Protocol.SITE.of(uid(Protocol.SITE) + ".7"), UID.ExplicitVRLittleEndian);

        assertEquals(forbidden.status(), invisible.status());
        assertEquals(forbidden.comment(), invisible.comment());
        assertEquals(null, invisible.command().getInts(Tag.OffendingElement));
    }

    @ParameterizedTest
    @EnumSource
    void lifeCycle(Person who) throws Exception {
        Caller caller = new Caller("HPQR", "PEER", user(who), null);
        for (Protocol protocol : Protocol.values()) {
            String uid = uid(protocol);
            Change expected = protocol.mayWrite(who) ? Change.DONE : protocol.mayRead(who) ? Change.NOT_PERMITTED : Change.NOT_FOUND;

            assertEquals(expected, server.service.retire(uid, null, caller), protocol + " retire");
            assertEquals(expected, server.service.restore(uid, null, caller), protocol + " restore");
            server.service.retire(uid, null, ADMINISTRATOR);
            assertEquals(expected, server.service.delete(uid, null, caller), protocol + " delete");
            server.service.restore(uid, null, ADMINISTRATOR);
        }
    }

    @ParameterizedTest
    @EnumSource
    void history(Person who) throws Exception {
        Caller caller = new Caller("HPQR", "PEER", user(who), null);
        server.user = user(Person.ADMINISTRATOR);
        for (Protocol protocol : Protocol.values()) {
            String uid = uid(protocol);
            Attributes changed = protocol.of(uid);
            changed.setString(Tag.HangingProtocolDescription, VR.LO, "changed");
            assertEquals(0, peer.store(changed, UID.ExplicitVRLittleEndian).status());
            Change expected = protocol.mayWrite(who) ? Change.DONE : protocol.mayRead(who) ? Change.NOT_PERMITTED : Change.NOT_FOUND;

            List<Long> contents = numbers(uid, ADMINISTRATOR);
            assertEquals(protocol.mayRead(who) ? contents : List.of(), numbers(uid, caller), protocol + " history");
            assertEquals(expected, server.service.undo(uid, contents.get(1), null, caller), protocol + " undo");
        }
    }

    /** What was somebody's own before it was everybody's is still not to be seen by others. */
    @Test
    void aContentOfTheHistoryIsForWhomItWas() throws Exception {
        server.user = user(Person.ADMINISTRATOR);
        String uid = uid(Protocol.SINGLE_USER) + ".8";
        assertEquals(0, peer.store(Protocol.SINGLE_USER.of(uid), UID.ExplicitVRLittleEndian).status());
        assertEquals(0, peer.store(Protocol.SITE.of(uid), UID.ExplicitVRLittleEndian).status());

        assertEquals(List.of(1L, 0L), numbers(uid, new Caller("HPQR", "PEER", user(Person.OWNER), null)));
        Caller member = new Caller("HPQR", "PEER", user(Person.MEMBER), null);
        assertEquals(List.of(1L), numbers(uid, member));
        assertEquals(Change.NOT_FOUND, server.service.undo(uid, 0, null, member));
        assertEquals(Change.NOT_PERMITTED, server.service.undo(uid, 0, null, new Caller("HPQR", "PEER", user(Person.OWNER), null)),
                "it is the site's now");
        server.service.retire(uid, null, ADMINISTRATOR);
    }

    /** What is asked of the service. */
    private interface Request {
        Object run(String uid, Caller caller) throws Exception;
    }

    static Stream<Arguments> requestsThatReadToDecide() {
        return Stream.of(request("retire", (uid, caller) -> server.service.retire(uid, null, caller)),
                request("restore", (uid, caller) -> server.service.restore(uid, null, caller)),
                request("delete", (uid, caller) -> server.service.delete(uid, null, caller)),
                request("history", (uid, caller) -> server.service.history(uid, caller)),
                request("undo", (uid, caller) -> server.service.undo(uid, 0, null, caller)));
    }

    private static Arguments request(String name, Request request) {
        return Arguments.of(name, request);
    }

    /** Nobody fills the heap by asking for what he may not do. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("requestsThatReadToDecide")
    void anObjectIsReadToDecideWhenThereIsMemoryForIt(String name, Request request) throws Exception {
        server.user = user(Person.ADMINISTRATOR);
        String uid = uid(Protocol.SINGLE_USER) + ".9";
        assertEquals(0, peer.store(changed(Protocol.SINGLE_USER.of(uid), "d".repeat(100_000)), UID.ExplicitVRLittleEndian).status());
        Caller owner = new Caller("HPQR", "PEER", user(Person.OWNER), null);
        FutureTask<Object> task = new FutureTask<>(() -> request.run(uid, owner));
        Thread thread = new Thread(task);
        try (SendMemory.Room all = SendMemory.OF_WEB.takeForRequest(Long.MAX_VALUE / 8)) {
            assertNotNull(all);
            thread.start();
            Await.untilTrue("it waits for memory", () -> Arrays.stream(thread.getStackTrace())
                    .anyMatch(frame -> frame.getClassName().equals(SendMemory.class.getName())) || task.isDone());
            thread.interrupt();
            Throwable failure = assertThrows(ExecutionException.class, task::get).getCause();
            assertEquals(HpStatus.OUT_OF_RESOURCES, ((HpFailure) failure).status());
        }
        request.run(uid, owner);
        server.service.retire(uid, null, ADMINISTRATOR);
        server.service.delete(uid, null, ADMINISTRATOR);
    }

    private List<Long> numbers(String uid, Caller caller) throws Exception {
        return server.service.history(uid, caller).map(history -> history.entries().stream().filter(entry -> entry.content() != null)
                .map(HistoryEntry::number).toList()).orElse(List.of());
    }

    @Test
    void whereIdentityIsPreferredWhoNamesNobodyMayDoEverything() throws Exception {
        server.settings.put(HpSettings.IDENTITY, IdentityMode.PREFER);
        server.user = null;
        assertEquals(visibleTo(Person.ADMINISTRATOR), found());

        server.user = user(Person.OTHER);
        assertEquals(visibleTo(Person.OTHER), found());
    }

    @Test
    void whereIdentityIsOffAUserIsNotLookedAt() throws Exception {
        server.settings.put(HpSettings.IDENTITY, IdentityMode.OFF);
        server.user = user(Person.OTHER);

        assertEquals(visibleTo(Person.ADMINISTRATOR), found());
    }

    private static User user(Person who) {
        return who == Person.UNKNOWN ? null : new User(who.userName(), who.roles(), true);
    }

    private static String uid(Protocol protocol) {
        return "1.2.3." + (protocol.ordinal() + 1);
    }

    private static String[] uids() {
        return Stream.of(Protocol.values()).map(UserAccessTest::uid).toArray(String[]::new);
    }

    private static Set<String> visibleTo(Person who) {
        return Arrays.stream(Protocol.values()).filter(protocol -> protocol.mayRead(who)).map(UserAccessTest::uid)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Attributes changed(Attributes protocol, String description) {
        protocol.setString(Tag.HangingProtocolDescription, VR.LO, description);
        return protocol;
    }

    private static Set<String> found() throws Exception {
        return peer.find(Peer.uids(uids())).all().stream().filter(response -> response.data() != null)
                .map(response -> response.data().getString(Tag.SOPInstanceUID)).collect(Collectors.toCollection(TreeSet::new));
    }
}

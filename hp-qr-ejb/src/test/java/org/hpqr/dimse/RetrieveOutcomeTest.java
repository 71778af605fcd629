package org.hpqr.dimse;

import static org.hpqr.dimse.RetrieveSite.failedList;
import static org.hpqr.dimse.RetrieveSite.outcome;
import static org.hpqr.dimse.RetrieveSite.uid;
import static org.hpqr.dimse.RetrieveSite.uids;
import static org.hpqr.dimse.RetrieveSite.wellFormed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.hpqr.dimse.RetrieveSite.Via;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How a retrieve ends, by how its sub-operations ended (PS3.4 C.4.2.3.1, C.4.3.3.1; PS3.7 Annex C). */
class RetrieveOutcomeTest {

    @RegisterExtension
    private static final RetrieveSite site = new RetrieveSite(4);

    private static Stream<Arguments> viaBoth(String... rows) {
        return Stream.of(Via.values()).flatMap(via -> Stream.of(rows).map(row -> {
            String[] columns = row.split(" *-> *");
            return Arguments.of(via, columns[0], columns[1]);
        }));
    }

    static Stream<Arguments> mixes() {
        return viaBoth(
                "0000                -> 0000 1/0/0",
                "0000 0000 0000      -> 0000 3/0/0",
                "A700 0000 0000      -> B000 2/1/0",
                "0000 A900 0000      -> B000 2/1/0",
                "0000 0000 C000      -> B000 2/1/0",
                "A700 A700 0000      -> B000 1/2/0",
                "A700                -> A702 0/1/0",
                "A700 A900 C000      -> A702 0/3/0",
                "B000                -> B000 0/0/1",
                "B000 B006 B007      -> B000 0/0/3",
                "B000 0000 0000      -> B000 2/0/1",
                "B000 A700           -> B000 0/1/1",
                "B000 A700 0000      -> B000 1/1/1",
                "0110 0110 B000 0110 -> B000 0/3/1");
    }

    /** PS3.4 C.4.2.3.1; no Remaining in a final response, C.4.2.1.6. */
    @Clause({"C.4.2.3.1", "C.4.2.1.6"})
    @ParameterizedTest
    @MethodSource("mixes")
    void everyMixHasItsFinalStatus(Via via, String answers, String expected) throws Exception {
        int[] statuses = Stream.of(answers.split(" ")).mapToInt(status -> Integer.parseInt(status, 16)).toArray();
        site.receiver(via).answer = (number, command) -> statuses[number - 1];
        Peer.Response last = site.retrieve(via, uids(statuses.length));
        assertEquals(expected, outcome(last));
        List<String> failed = IntStream.range(0, statuses.length).filter(i -> isFailure(statuses[i]))
                .mapToObj(i -> uid(i + 1)).toList();
        assertEquals(failed, failedList(last));
        assertEquals(expected.startsWith("A702") ? "Each sub-operation failed" : null, last.comment());
        site.server.awaitAudit(RetrieveSite.ended(via, statuses.length - failed.size(), failed.size(), expected.substring(0, 4)));
    }

    private static boolean isFailure(int status) {
        return status != 0 && status >> 12 != 0xB;
    }

    static Stream<Arguments> statuses() {
        return viaBoth(
                "0000 -> 0000 1/0/0",
                "0001 -> B000 0/0/1", "0107 -> B000 0/0/1", "0116 -> B000 0/0/1",
                "B000 -> B000 0/0/1", "B006 -> B000 0/0/1", "B007 -> B000 0/0/1", "BFFF -> B000 0/0/1",
                "0105 -> A702 0/1/0", "0106 -> A702 0/1/0", "0110 -> A702 0/1/0", "0111 -> A702 0/1/0",
                "0112 -> A702 0/1/0", "0115 -> A702 0/1/0", "0117 -> A702 0/1/0", "0122 -> A702 0/1/0",
                "0124 -> A702 0/1/0", "0210 -> A702 0/1/0", "0211 -> A702 0/1/0", "0212 -> A702 0/1/0",
                "0213 -> A702 0/1/0", "A700 -> A702 0/1/0", "A701 -> A702 0/1/0", "A900 -> A702 0/1/0",
                "AFFF -> A702 0/1/0", "C000 -> A702 0/1/0", "C211 -> A702 0/1/0", "CFFF -> A702 0/1/0",
                // no status of a C-STORE at all
                "FE00 -> A702 0/1/0", "0002 -> A702 0/1/0", "1234 -> A702 0/1/0", "FFFF -> A702 0/1/0");
    }

    @Clause("PS3.7 Annex C")
    @ParameterizedTest
    @MethodSource("statuses")
    void everyStatusOfASubOperationIsClassified(Via via, String answered, String expected) throws Exception {
        int status = Integer.parseInt(answered, 16);
        site.receiver(via).answer = (number, command) -> status;
        assertEquals(expected, outcome(site.retrieve(via, uid(1))));
    }

    @Clause("C.4.2.3.1")
    @ParameterizedTest
    @EnumSource
    void noneStoredIsASuccessOfNothing(Via via) throws Exception {
        assertEquals("0000 0/0/0", outcome(site.retrieve(via, "1.2.3", "1.2.4")));
        assertEquals(0, site.receiver(via).commands.size());
        assertTrue(site.destination.receiver.associations.isEmpty(), "nothing to send, nobody to connect to");
    }

    @Clause("C.4.2.3.1")
    @ParameterizedTest
    @EnumSource
    void whatIsNotStoredIsNeitherCountedNorListed(Via via) throws Exception {
        site.receiver(via).answer = (number, command) -> number == 1 ? 0xA700 : 0;
        Peer.Response last = site.retrieve(via, "1.2.3", uid(2), "1.2.4", uid(1), "1.2.5");
        assertEquals("B000 1/1/0", outcome(last));
        assertEquals(List.of(uid(2)), failedList(last), "in the order of the request");
    }

    /** PS3.4 C.4.2.3.1: for each object that matches. */
    @Clause("C.4.2.3.1")
    @ParameterizedTest
    @EnumSource
    void aUidTwiceIsOneSubOperation(Via via) throws Exception {
        assertEquals("0000 2/0/0", outcome(site.retrieve(via, uid(1), uid(2), uid(1))));
    }

    @Clause("C.4.2.1.4.2")
    @ParameterizedTest
    @EnumSource
    void theFailedListIsInTheTransferSyntaxOfTheRequest(Via via) throws Exception {
        for (String transferSyntax : new String[] {UID.ImplicitVRLittleEndian, UID.ExplicitVRLittleEndian,
            UID.ExplicitVRBigEndian}) {
            site.disconnect();
            site.connect(new Peer(site.server.port, new AAssociateRQ(), true, transferSyntax));
            site.receiver(via).answer = (number, command) -> 0xA700;
            Peer.Response last = site.retrieve(via, uids(3));
            assertEquals("A702 0/3/0", outcome(last));
            assertEquals(Arrays.asList(uids(3)), failedList(last));
        }
    }

    @ParameterizedTest
    @EnumSource
    void damagedBytesFailThatSubOperationOnly(Via via) throws Exception {
        String path = site.server.repository.locate(List.of(uid(2))).get(0).location().path();
        byte[] bytes = site.server.storage.objects.get(path);
        bytes[200] ^= 1;
        try {
            Peer.Response last = site.retrieve(via, uids(3));
            assertEquals("B000 2/1/0", outcome(last));
            assertEquals(List.of(uid(2)), failedList(last));
        } finally {
            bytes[200] ^= 1;
        }
    }

    @ParameterizedTest
    @EnumSource
    void missingBytesFailThatSubOperationOnly(Via via) throws Exception {
        String path = site.server.repository.locate(List.of(uid(3))).get(0).location().path();
        byte[] bytes = site.server.storage.objects.remove(path);
        try {
            Peer.Response last = site.retrieve(via, uids(3));
            assertEquals("B000 2/1/0", outcome(last));
            assertEquals(List.of(uid(3)), failedList(last));
        } finally {
            site.server.storage.objects.put(path, bytes);
        }
    }

    @Clause("C.4.2.1.6")
    @ParameterizedTest
    @EnumSource
    void pendingAfterEachSubOperationButTheLast(Via via) throws Exception {
        List<Peer.Response> responses = site.begin(via, uids(4)).all();
        wellFormed(responses);
        assertEquals(List.of(3, 2, 1), responses.subList(0, 3).stream().map(RetrieveSite::remaining).toList());
        assertEquals(4, responses.size());
        for (Peer.Response response : responses)
            assertNull(response.data());
    }
}

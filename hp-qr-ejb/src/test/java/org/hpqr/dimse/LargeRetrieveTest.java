package org.hpqr.dimse;

import static org.hpqr.dimse.RetrieveSite.outcome;
import static org.hpqr.dimse.RetrieveSite.uid;
import static org.hpqr.dimse.RetrieveSite.uids;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Commands;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.dimse.RetrieveSite.Via;
import org.hpqr.database.ObjectState;
import org.hpqr.database.StoredInstance;
import org.hpqr.service.Lookup;
import org.hpqr.status.HpFailure;
import org.hpqr.retrieve.RetrieveMatches;
import org.hpqr.retrieve.SubOperations;
import org.hpqr.spi.ObjectLocation;
import org.hpqr.testkit.dicom.Destination;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.dicom.RawPeer;
import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Long lists: 10,000 UIDs in one request, 65,535 matches and one more. */
class LargeRetrieveTest {

    /** UIDs that begin so are all held, in the eyes of the services; none of their objects can be read. */
    private static final String PRETENDED = "1.3.8";

    private static final int HELD = 65_536;

    private static RetrieveSite site;

    @BeforeAll
    static void start() throws Exception {
        TestServer server = new TestServer();
        server.lookups = lookup -> new Lookup() {
            @Override
            public Optional<List<StoredInstance>> find(Collection<String> uids) throws HpFailure {
                if (!uids.iterator().next().startsWith(PRETENDED))
                    return lookup.find(uids);
                return Optional.of(uids.stream().map(uid -> new StoredInstance(uid, ObjectState.STORED, 0,
                        UID.ImplicitVRLittleEndian, "", new ObjectLocation("none", "none"), 0, "")).toList());
            }

            @Override
            public void cancel() {
                lookup.cancel();
            }
        };
        site = new RetrieveSite(server, 1);
        // the rest are rows that name the bytes of the first one, added by one change
        try (Connection connection = site.server.database.dataSource.getConnection();
             PreparedStatement count = connection.prepareStatement("UPDATE hp_change SET n = n + 1");
             PreparedStatement copy = connection.prepareStatement("""
                     INSERT INTO hp_object (version, content_version, shard, change_number, state, sop_iuid, attrs_size, attrs, content_digest,
                         storage_id, storage_path, transfer_syntax, object_size, object_digest, created_time, updated_time)
                     SELECT version, content_version, o.shard, n, state, '2.25.' || x, attrs_size, attrs, content_digest, storage_id,
                         storage_path, transfer_syntax, object_size, object_digest, created_time, updated_time
                     FROM hp_object o JOIN hp_change c ON c.shard = o.shard, SYSTEM_RANGE(2, ?)""")) {
            count.executeUpdate();
            copy.setInt(1, HELD);
            assertEquals(HELD - 1, copy.executeUpdate());
        }
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @BeforeEach
    void connect() throws Exception {
        site.connect(new Peer(site.server.port, new AAssociateRQ(), true, UID.ImplicitVRLittleEndian));
    }

    @AfterEach
    void disconnect() {
        site.disconnect();
    }

    @ParameterizedTest
    @EnumSource
    void tenThousandObjectsInOneRequest(Via via) throws Exception {
        site.receiver(via).keepNoDatasets();
        Peer.Response last = site.retrieve(via, uids(10_000));
        assertEquals("0000 10000/0/0", outcome(last));
        assertEquals(List.of(uids(10_000)), site.receiver(via).commands.stream()
                .map(command -> command.getString(Tag.AffectedSOPInstanceUID)).toList());
    }

    /** A UI value has at most 65,534 bytes in explicit VR; PS3.5 6.2.2 lets a longer one be UN, with a 32-bit length. */
    @ParameterizedTest
    @CsvSource({"MOVE, UI, 1000", "GET, UI, 1000", "MOVE, UN, 10000", "GET, UN, 10000"})
    void aLongListInExplicitVr(Via via, String vr, int uids) throws Exception {
        String held = String.join("\\", uid(1), uid(2), uid(3));
        String notHeld = IntStream.range(0, uids - 3).mapToObj(i -> "1.2.840." + "1".repeat(50) + '.' + (1_000 + i))
                .collect(Collectors.joining("\\"));
        RawPeer.Message last = answer(via, UID.ExplicitVRLittleEndian, vr, held + '\\' + notHeld);
        // this requester offers no presentation context for the sub-operations of a C-GET
        assertEquals(via == Via.MOVE ? 3 : 0, last.command().getInt(Tag.NumberOfCompletedSuboperations, -1));
        assertEquals(via == Via.MOVE ? 0 : 3, last.command().getInt(Tag.NumberOfFailedSuboperations, -1));
    }

    @Test
    void moreUidsThanMayMatchAreNoMatterIfFewDo() throws Exception {
        String[] asked = IntStream.rangeClosed(1, 70_000).mapToObj(i -> i <= 3 ? uid(i) : "1.2." + i).toArray(String[]::new);
        assertEquals("0000 3/0/0", outcome(site.retrieve(Via.MOVE, asked)));
    }

    /** PS3.7 9.1.3: the counts are 16-bit numbers. */
    @Clause("PS3.7 9.1.3")
    @ParameterizedTest
    @CsvSource({"MOVE, C516", "GET, C416"})
    void moreThan65535StoredObjectsAreRefused(Via via, String status) throws Exception {
        Peer.Response last = site.begin(via, uids(HELD)).last();
        assertEquals(status, String.format("%04X", last.status()));
        assertEquals(-1, RetrieveSite.completed(last), "no counts where there was no sub-operation");
        assertEquals(0, site.receiver(via).commands.size());
    }

    /** The count is the full one, the list holds as much as a UI value can: in explicit VR, and in implicit VR too. */
    @ParameterizedTest
    @CsvSource({"MOVE, 1.2.840.10008.1.2", "GET, 1.2.840.10008.1.2", "MOVE, 1.2.840.10008.1.2.1", "GET, 1.2.840.10008.1.2.1"})
    void the65535MatchesThatFailAreCountedAndListedAsFarAsTheListGoes(Via via, String transferSyntax) throws Exception {
        // without the SCP role, and with a destination that is down, all of them fail at once
        site.destination.close();
        String[] pretended = IntStream.range(0, RetrieveMatches.MAX).mapToObj(i -> PRETENDED + "0000." + (100_000 + i))
                .toArray(String[]::new);
        RawPeer.Message last = answer(via, transferSyntax,
                transferSyntax.equals(UID.ImplicitVRLittleEndian) ? "implicit" : "UN", String.join("\\", pretended));
        assertEquals(0xA702, last.status());
        assertEquals(RetrieveMatches.MAX, last.command().getInt(Tag.NumberOfFailedSuboperations, -1));
        String[] listed = DatasetCodec.decode(last.dataset(), transferSyntax).getStrings(Tag.FailedSOPInstanceUIDList);
        int bytes = String.join("\\", listed).length();
        assertTrue(bytes <= SubOperations.MAX_FAILED_LIST, () -> "bytes " + bytes);
        assertTrue(bytes > SubOperations.MAX_FAILED_LIST - 64, () -> "as many as fit: bytes " + bytes);
        assertEquals(List.of(pretended).subList(0, listed.length), List.of(listed));
    }

    /** @param vr of the list: UI, UN, or implicit */
    private static RawPeer.Message answer(Via via, String transferSyntax, String vr, String list) throws Exception {
        byte[] value = (list.length() % 2 == 0 ? list : list + '\0').getBytes(StandardCharsets.US_ASCII);
        ByteBuffer identifier = ByteBuffer.allocate(value.length + 12).order(ByteOrder.LITTLE_ENDIAN);
        identifier.putShort((short) 0x0008).putShort((short) 0x0018);
        switch (vr) {
            case "UI" -> identifier.put(vr.getBytes(StandardCharsets.US_ASCII)).putShort((short) value.length);
            case "UN" -> identifier.put(vr.getBytes(StandardCharsets.US_ASCII)).putShort((short) 0).putInt(value.length);
            default -> identifier.putInt(value.length);
        }
        identifier.put(value);
        try (RawPeer raw = new RawPeer(site.server.port, transferSyntax, 0, via.sopClass)) {
            raw.send(0, via == Via.MOVE ? Commands.mkCMoveRQ(1, via.sopClass, 0, Destination.AE_TITLE)
                    : Commands.mkCGetRQ(1, via.sopClass, 0), Arrays.copyOf(identifier.array(), identifier.position()));
            return raw.finalResponse();
        }
    }
}

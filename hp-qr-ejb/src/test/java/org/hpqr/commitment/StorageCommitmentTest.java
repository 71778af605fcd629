package org.hpqr.commitment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.hpqr.commitment.CommitmentRequest.Reference;
import org.hpqr.database.CommitSync;
import org.hpqr.database.DatabaseException;
import org.hpqr.database.HangingProtocolRepository;
import org.hpqr.database.ObjectReader;
import org.hpqr.database.ObjectState;
import org.hpqr.database.StoredInstance;
import org.hpqr.dataset.StoredObject;
import org.junit.jupiter.api.Test;

/** What is committed and what is not (PS3.4 J.3.3), and what a request has to have (J.3.2). */
class StorageCommitmentTest {

    private static final String TRANSACTION = "2.25.100";
    private static final String RETIRED = "2.25.6";
    private static final String CT_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.2";

    private final Map<String, Exception> stored = new HashMap<>();
    private boolean diskFails;
    private final List<String> order = new ArrayList<>();

    private final StorageCommitment commitment = new StorageCommitment(new HangingProtocolRepository() {
        @Override
        public StoredInstance find(String uid) {
            return stored.containsKey(uid) ? new StoredInstance(uid, uid.equals(RETIRED) ? ObjectState.RETIRED : ObjectState.STORED, 0, "", "",
                    null, 0, "") : null;
        }
    }, new ObjectReader() {
        @Override
        public StoredObject read(StoredInstance instance) throws IOException {
            order.add("read");
            Exception failure = stored.get(instance.sopInstanceUid());
            if (failure instanceof IOException io)
                throw io;
            if (failure instanceof RuntimeException runtime)
                throw runtime;
            return null;
        }
    }, new CommitSync() {
        @Override
        public void sync() throws SQLException {
            order.add("synced");
            if (diskFails)
                throw new SQLException("the disk fails");
        }
    });

    @Test
    void objectsThatAreStoredAndReadableAreCommitted() {
        stored.put("2.25.1", null);
        stored.put("2.25.2", null);

        CommitmentResult result = commitment.commit(request("2.25.1", "2.25.2", "2.25.1"));

        assertEquals(1, result.eventType());
        Attributes expected = new Attributes();
        expected.setString(Tag.TransactionUID, VR.UI, TRANSACTION);
        Sequence items = expected.newSequence(Tag.ReferencedSOPSequence, 2);
        items.add(item(UID.HangingProtocolStorage, "2.25.1"));
        items.add(item(UID.HangingProtocolStorage, "2.25.2"));
        assertEquals(expected, result.eventInformation(), "each once");
        assertEquals(List.of("read", "read", "synced"), order);
    }

    /** Failure Reason (0008,1197), PS3.3 C.14.1.1. */
    @Test
    void eachObjectThatIsNotHasItsReason() {
        stored.put("2.25.1", null);
        stored.put("2.25.2", new IOException("damaged"));
        stored.put(RETIRED, null);
        stored.put("2.25.3", new DatabaseException(new SQLException("no connection")));
        List<Reference> references = new ArrayList<>(request("2.25.1", "2.25.2", "2.25.3", "2.25.4", RETIRED).references());
        references.add(new Reference(CT_IMAGE_STORAGE, "2.25.5"));
        references.add(new Reference(CT_IMAGE_STORAGE, "2.25.1"));

        CommitmentResult result = commitment.commit(new CommitmentRequest(TRANSACTION, references));

        assertEquals(2, result.eventType());
        Attributes information = result.eventInformation();
        assertEquals(List.of(item(UID.HangingProtocolStorage, "2.25.1")), List.copyOf(information.getSequence(Tag.ReferencedSOPSequence)));
        List<String> failed = information.getSequence(Tag.FailedSOPSequence).stream()
                .map(item -> item.getString(Tag.ReferencedSOPInstanceUID) + String.format(" %04X", item.getInt(Tag.FailureReason, 0))).toList();
        assertEquals(List.of("2.25.2 0110", "2.25.3 0213", "2.25.4 0112", RETIRED + " 0112", "2.25.5 0122", "2.25.1 0119"), failed);
    }

    @Test
    void nothingIsCommittedWhoseDurabilityIsNotCertain() {
        stored.put("2.25.1", null);
        diskFails = true;

        Attributes information = commitment.commit(request("2.25.1")).eventInformation();

        assertEquals(null, information.getSequence(Tag.ReferencedSOPSequence));
        assertEquals(0x0213, information.getSequence(Tag.FailedSOPSequence).get(0).getInt(Tag.FailureReason, 0));
    }

    @Test
    void requestHasWhatItHasToHave() {
        assertEquals(request("2.25.1"), CommitmentRequest.of(information(attributes -> { })));

        assertRefused("Transaction UID missing", attributes -> attributes.remove(Tag.TransactionUID));
        assertRefused("Transaction UID is no UID", attributes -> attributes.setString(Tag.TransactionUID, VR.UI, "x"));
        assertRefused("Referenced SOP Sequence missing", attributes -> attributes.remove(Tag.ReferencedSOPSequence));
        assertRefused("Referenced SOP Sequence missing", attributes -> attributes.newSequence(Tag.ReferencedSOPSequence, 0));
        assertRefused("Referenced SOP Class UID missing",
                attributes -> attributes.getSequence(Tag.ReferencedSOPSequence).get(0).remove(Tag.ReferencedSOPClassUID));
        assertRefused("Referenced SOP Instance UID missing",
                attributes -> attributes.getSequence(Tag.ReferencedSOPSequence).get(0).remove(Tag.ReferencedSOPInstanceUID));
    }

    private static void assertRefused(String reason, Consumer<Attributes> change) {
        Attributes information = information(change);
        assertEquals(reason, assertThrows(IllegalArgumentException.class, () -> CommitmentRequest.of(information)).getMessage());
    }

    private static Attributes information(Consumer<Attributes> change) {
        Attributes information = new Attributes();
        information.setString(Tag.TransactionUID, VR.UI, TRANSACTION);
        information.newSequence(Tag.ReferencedSOPSequence, 1).add(item(UID.HangingProtocolStorage, "2.25.1"));
        change.accept(information);
        return information;
    }

    private static CommitmentRequest request(String... uids) {
        return new CommitmentRequest(TRANSACTION,
                List.of(uids).stream().map(uid -> new Reference(UID.HangingProtocolStorage, uid)).toList());
    }

    private static Attributes item(String sopClass, String uid) {
        Attributes item = new Attributes();
        item.setString(Tag.ReferencedSOPClassUID, VR.UI, sopClass);
        item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, uid);
        return item;
    }
}

package org.hpqr.dimse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.hpqr.access.Permissions;
import org.hpqr.catalogue.Catalogue;
import org.hpqr.database.ChangedBy;
import org.hpqr.database.CommitSync;
import org.hpqr.database.ExternalStorage;
import org.hpqr.database.HangingProtocolRepository;
import org.hpqr.database.NewVersion;
import org.hpqr.database.ObjectReader;
import org.hpqr.database.ObjectState;
import org.hpqr.database.StoredInstance;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.dataset.FuzzedDataset;
import org.hpqr.information.StoredAttributes;
import org.hpqr.spi.GivenSettings;
import org.hpqr.spi.HpSettings.ValidationLevel;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.OpenPolicy;
import org.hpqr.spi.Settings;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpService;
import org.hpqr.store.HangingProtocolReceiver;
import org.hpqr.store.Outcome;
import org.hpqr.store.ReceivedObject;

/** Any object is refused with a status of C-STORE, or kept: then it is read again byte for byte, and can be found. */
class StorePathFuzzTest {

    private static final String INSTANCE = "2.25.1";

    private static final CommitSync NO_DISK = new CommitSync() {
        @Override
        public void sync() {
            // the table of this test is in memory
        }
    };

    private static final Catalogue NO_CATALOGUE = new Catalogue() {
        @Override
        public boolean mayContain(String sopInstanceUid) {
            return true;
        }
    };

    @FuzzTest(maxDuration = "5m")
    void anyObjectIsKeptOrRefused(FuzzedDataProvider input) throws IOException {
        ValidationLevel level = input.pickValue(ValidationLevel.values());
        Optional<FuzzedDataset> fuzzed = FuzzedDataset.of(input);
        if (fuzzed.isEmpty())
            return;
        byte[] encoded;
        try {
            encoded = identified(fuzzed.get());
        } catch (NullPointerException | UnsupportedOperationException e) {
            // the toolkit encodes no fragments whose VR is one of text or numbers; as they come from a peer they are refused undecoded
            return;
        }
        Rows rows = new Rows();
        MemoryStorage storage = new MemoryStorage();
        ObjectReader reader = new ObjectReader(new ExternalStorage(storage), rows);
        HangingProtocolReceiver receiver = new HangingProtocolReceiver(new ExternalStorage(storage), rows, reader, validating(level),
                new OpenPolicy(), NO_DISK, NO_CATALOGUE);
        ReceivedObject object = new ReceivedObject("HPQR", ChangedBy.aeTitle("WS1"), UID.HangingProtocolStorage, INSTANCE,
                fuzzed.get().transferSyntax(), encoded);
        try {
            assertEquals(Outcome.ADDED, receiver.receive(object, Permissions.ALL));
            assertEquals(Outcome.UNCHANGED, receiver.receive(object, Permissions.ALL));
        } catch (HpFailure failure) {
            assertTrue(failure.status().services().contains(HpService.STORE), failure::toString);
            assertEquals(Map.of(), storage.objects);
            return;
        }
        assertArrayEquals(encoded, reader.read(rows.held.get(INSTANCE)).dataset());
        assertEquals(INSTANCE, StoredAttributes.decode(rows.attributes).getString(Tag.SOPInstanceUID));
    }

    /** Without the identity that is asked for, nothing would come further than to that check. */
    private static byte[] identified(FuzzedDataset fuzzed) throws IOException {
        Attributes dataset = fuzzed.dataset();
        dataset.setString(Tag.SOPClassUID, VR.UI, UID.HangingProtocolStorage);
        dataset.setString(Tag.SOPInstanceUID, VR.UI, INSTANCE);
        return DatasetCodec.encode(dataset, fuzzed.transferSyntax());
    }

    private static Settings validating(ValidationLevel level) {
        return new GivenSettings(Map.of(HpSettings.VALIDATION, level));
    }

    /** The table of objects, in memory. */
    private static final class Rows extends HangingProtocolRepository {

        private final Map<String, StoredInstance> held = new HashMap<>();
        private byte[] attributes;

        @Override
        public void add(NewVersion object) {
            attributes = object.attributes();
            held.put(object.sopInstanceUid(), new StoredInstance(object.sopInstanceUid(), ObjectState.STORED, 0, object.transferSyntax(),
                    object.contentDigest(), object.location(), object.file().length, DatasetCodec.digest(object.file())));
        }

        @Override
        public List<StoredInstance> locate(Collection<String> sopInstanceUids) {
            return sopInstanceUids.stream().map(held::get).filter(Objects::nonNull).toList();
        }
    }
}

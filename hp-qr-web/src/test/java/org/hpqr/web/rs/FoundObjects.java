package org.hpqr.web.rs;

import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.hpqr.database.ObjectState;
import org.hpqr.database.StoredInstance;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.dataset.StoredObject;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;
import org.hpqr.testkit.samples.SampleProtocols;

/** Operations on a few objects, of which some cannot be read. The one that is called {@link #REMOVED} is not stored any more. */
final class FoundObjects extends WebOperations {

    static final String REMOVED = "removed";

    private static final String LITTLE_ENDIAN = UID.ExplicitVRLittleEndian;

    private final Map<String, HpStatus> objects;

    /** @param objects their UIDs, and how reading each of them ends */
    FoundObjects(Map<String, HpStatus> objects) {
        this.objects = objects;
    }

    @Override
    Optional<StoredInstance> locate(String uid, ServiceRequest request) {
        return uid.equals(REMOVED) ? Optional.empty()
                : Optional.of(new StoredInstance(uid, ObjectState.STORED, 0, LITTLE_ENDIAN, "c".repeat(64), null, 1, "d".repeat(64)));
    }

    @Override
    StoredObject read(StoredInstance instance, ServiceRequest request) throws HpFailure {
        HpStatus outcome = objects.get(instance.sopInstanceUid());
        if (outcome != HpStatus.SUCCESS)
            throw new HpFailure(outcome, "the test wants this");
        try {
            return new StoredObject(LITTLE_ENDIAN, "WS1", DatasetCodec.encode(SampleProtocols.ctOnePrior(), LITTLE_ENDIAN));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** All of them, as matches of a search. */
    static final class Matches implements DatasetsOutput.Source {

        private final Iterator<String> uids;

        Matches(Map<String, HpStatus> objects) {
            uids = objects.keySet().iterator();
        }

        @Override
        public Attributes next() {
            if (!uids.hasNext())
                return null;
            Attributes match = new Attributes();
            match.setString(Tag.SOPInstanceUID, VR.UI, uids.next());
            return match;
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}

package org.hpqr.it.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.dicom.Peer.Response;

/** What a server holds, as a peer sees it: every object by a universal C-FIND, and its content by C-GET. */
public final class ServedObjects {

    private static final int UIDS_PER_GET = 500;

    private ServedObjects() {
    }

    /** The UIDs that a universal C-FIND returns. */
    public static Set<String> found(Peer peer) throws Exception {
        Attributes universal = new Attributes();
        universal.setNull(Tag.SOPInstanceUID, VR.UI);
        List<Response> responses = peer.find(universal).all();
        assertEquals(0, responses.get(responses.size() - 1).status(), "status of the C-FIND");
        Set<String> uids = new TreeSet<>();
        for (Response match : responses.subList(0, responses.size() - 1))
            uids.add(match.data().getString(Tag.SOPInstanceUID));
        assertEquals(responses.size() - 1, uids.size(), "one response for each object");
        return uids;
    }

    /** Gets these objects, all of which have to come; their digests by UID. */
    public static Map<String, String> got(Peer peer, Collection<String> uids) throws Exception {
        List<String> asked = List.copyOf(uids);
        Map<String, String> digests = new HashMap<>();
        for (int from = 0; from < asked.size(); from += UIDS_PER_GET) {
            List<String> part = asked.subList(from, Math.min(from + UIDS_PER_GET, asked.size()));
            Response last = peer.get(Peer.uids(part.toArray(String[]::new))).last();
            assertEquals(List.of(0, part.size()), List.of(last.status(),
                            last.command().getInt(Tag.NumberOfCompletedSuboperations, -1)),
                    () -> "status and completed sub-operations of the C-GET; failed: " + failed(last));
            for (Attributes object : peer.receiver.received)
                digests.put(object.getString(Tag.SOPInstanceUID), digest(object));
            peer.receiver.forget();
        }
        return digests;
    }

    private static List<String> failed(Response response) {
        return response.data() == null ? new ArrayList<>() : List.of(response.data().getStrings(Tag.FailedSOPInstanceUIDList));
    }

    /** The digest of an object, which is the same only for the same content. */
    static String digest(Attributes object) {
        try {
            return DatasetCodec.digest(DatasetCodec.encode(object, UID.ExplicitVRLittleEndian));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

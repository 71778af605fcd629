package org.hpqr.it.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.samples.SampleProtocols;

/**
 * Stores one version of an object after the other and asks for it after each on another association: a find that succeeds
 * has the version that was acknowledged last, or one that had no success since, and never again an older one.
 */
final class VersionedStores implements Callable<Void> {

    private static final int OUT_OF_RESOURCES = 0xA700;

    private final String uid;
    private final int port;
    private final AtomicBoolean over;
    /** The versions that may be there. */
    private Set<String> possible = new HashSet<>();

    /** The object has been stored never before. */
    VersionedStores(String uid, int port, AtomicBoolean over) {
        this.uid = uid;
        this.port = port;
        this.over = over;
    }

    @Override
    public Void call() throws Exception {
        try (Peer storing = new Peer(port); Peer finding = new Peer(port)) {
            for (int version = 1; !over.get(); version++) {
                store(storing, "V" + version);
                find(finding);
            }
            return null;
        }
    }

    private void store(Peer peer, String name) throws Exception {
        Attributes object = SampleProtocols.chestXray();
        object.setString(Tag.SOPInstanceUID, VR.UI, uid);
        object.setString(Tag.HangingProtocolName, VR.SH, name);
        int status = peer.store(object, UID.ExplicitVRLittleEndian).status();
        if (status == 0)
            possible.clear();
        else
            assertEquals(OUT_OF_RESOURCES, status);
        possible.add(name);
    }

    private void find(Peer peer) throws Exception {
        Attributes identifier = Peer.uids(uid);
        identifier.setNull(Tag.HangingProtocolName, VR.SH);
        List<Peer.Response> responses = peer.find(identifier).all();
        int status = responses.get(responses.size() - 1).status();
        if (status != 0) {
            assertEquals(OUT_OF_RESOURCES, status);
            return;
        }
        assertEquals(2, responses.size(), "one match");
        String found = responses.get(0).data().getString(Tag.HangingProtocolName);
        assertTrue(possible.contains(found), () -> found + " was found, but " + possible + " is possible");
        possible = new HashSet<>(Set.of(found));
    }
}

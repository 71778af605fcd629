package org.hpqr.it.reliability;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.samples.RandomProtocols;

/**
 * A peer that stores one object after the other, new ones and replacements of its own, until its association is lost or it
 * is told to end. No other peer stores objects with its UIDs, so it knows what the server must hold.
 */
final class StoreStream implements Callable<Void> {

    private static final String CREATOR = "HPQR IT";
    private static final int PADDING = 0x00750001;
    private static final int MAX_PADDING = 300_000;
    private static final int PADDED_ONE_OF = 5;
    /** What has no success is to be remembered until there is one. */
    private static final int MOST_UNCONFIRMED = 50;

    private final Random random;
    private final RandomProtocols protocols;
    private final Journal journal;
    private final List<String> uids = new ArrayList<>();
    private volatile int port;
    private volatile double replacements;
    private volatile Set<Integer> statuses = Set.of(0);
    private volatile boolean ended;

    StoreStream(long seed, Journal journal) {
        this.random = new Random(seed);
        this.protocols = new RandomProtocols(seed);
        this.journal = journal;
    }

    /**
     * Where to store, and what.
     *
     * @param share of replacements among what is stored, 0 to 1
     */
    StoreStream to(int serverPort, double share) {
        port = serverPort;
        replacements = share;
        return this;
    }

    /**
     * A failure is no error if it is one of these: then what was stored may be held, or not. After many failures without a
     * success, the same object is sent again and again.
     */
    StoreStream tolerating(Integer... failures) {
        statuses = new HashSet<>(List.of(failures));
        statuses.add(0);
        return this;
    }

    /** It has stored enough. */
    void end() {
        ended = true;
    }

    @Override
    public Void call() throws Exception {
        try (Peer peer = new Peer(port)) {
            String uid = null;
            byte[] bytes = null;
            int unconfirmed = 0;
            while (!ended) {
                if (unconfirmed < MOST_UNCONFIRMED) {
                    Attributes object = next();
                    uid = object.getString(Tag.SOPInstanceUID);
                    bytes = DatasetCodec.encode(object, UID.ExplicitVRLittleEndian);
                    journal.begin(uid, ServedObjects.digest(DatasetCodec.decode(bytes, UID.ExplicitVRLittleEndian)));
                }
                Peer.Response response = peer.storeBytes(uid, bytes, UID.ExplicitVRLittleEndian);
                assertTrue(statuses.contains(response.status()), () -> response.status() + " " + response.comment());
                if (response.status() == 0) {
                    journal.acknowledge(uid);
                    unconfirmed = 0;
                } else {
                    unconfirmed++;
                }
            }
            return null;
        } catch (IOException e) {
            // killed
            return null;
        }
    }

    private Attributes next() {
        Attributes object = protocols.next();
        if (!uids.isEmpty() && random.nextDouble() < replacements)
            object.setString(Tag.SOPInstanceUID, VR.UI, uids.get(random.nextInt(uids.size())));
        else
            uids.add(object.getString(Tag.SOPInstanceUID));
        // the longer it takes to write, the likelier is the kill in the middle of it
        if (random.nextInt(PADDED_ONE_OF) == 0) {
            byte[] padding = new byte[2 * (random.nextInt(MAX_PADDING / 2) + 1)];
            random.nextBytes(padding);
            object.setBytes(CREATOR, PADDING, VR.OB, padding);
        }
        return object;
    }
}

package org.hpqr.it.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.hpqr.testkit.dicom.Destination;
import org.hpqr.testkit.dicom.Peer;
import org.hpqr.testkit.dicom.Peer.Response;
import org.hpqr.testkit.samples.RandomProtocols;

/**
 * One association's share of the load: stores, finds, gets and moves at random, with pauses, until it is told to end. Every
 * operation has to succeed. Many of them share the UIDs, so objects are replaced while others read them.
 */
final class MixedWork implements Callable<Void> {

    private static final int MOST_UIDS = 3;
    /** The association is released and opened anew after so many operations, on average. */
    private static final int OPERATIONS_PER_ASSOCIATION = 20;

    private final Random random;
    private final RandomProtocols protocols;
    private final int port;
    private final List<String> uids;
    private final int pauseMillis;
    private final Load load;

    /** What all shares have in common. */
    interface Load {

        boolean isOver();

        /** An operation has ended as it should. */
        void count(String operation);

        /** An operation, or the association, has not. */
        void error(Throwable error);
    }

    /**
     * @param uids        what is stored and read
     * @param pauseMillis between two operations, on average
     */
    MixedWork(long seed, int port, List<String> uids, int pauseMillis, Load load) {
        this.random = new Random(seed);
        this.protocols = new RandomProtocols(seed);
        this.port = port;
        this.uids = uids;
        this.pauseMillis = pauseMillis;
        this.load = load;
    }

    @Override
    public Void call() throws InterruptedException {
        while (!load.isOver()) {
            try (Peer peer = new Peer(port)) {
                load.count("association");
                do {
                    // the rate is part of what is tested
                    TimeUnit.MILLISECONDS.sleep(random.nextInt(2 * pauseMillis + 1));
                    operate(peer);
                } while (!load.isOver() && random.nextInt(OPERATIONS_PER_ASSOCIATION) > 0);
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception | AssertionError e) {
                load.error(e);
            }
        }
        return null;
    }

    private void operate(Peer peer) throws Exception {
        int chance = random.nextInt(100);
        if (chance < 30)
            store(peer);
        else if (chance < 60)
            find(peer);
        else if (chance < 85)
            retrieve("get", peer.get(Peer.uids(someUids())).last());
        else
            retrieve("move", peer.move(Peer.uids(someUids()), Destination.AE_TITLE).last());
        peer.receiver.forget();
    }

    private void store(Peer peer) throws Exception {
        Attributes object = protocols.next();
        object.setString(Tag.SOPInstanceUID, VR.UI, someUid());
        Response response = peer.store(object, random.nextBoolean() ? UID.ExplicitVRLittleEndian : UID.ImplicitVRLittleEndian);
        assertEquals(0, response.status(), response::comment);
        load.count("store");
    }

    private void find(Peer peer) throws Exception {
        Attributes identifier = new Attributes();
        identifier.setNull(Tag.SOPInstanceUID, VR.UI);
        identifier.setNull(Tag.HangingProtocolDefinitionSequence, VR.SQ);
        int chance = random.nextInt(100);
        if (chance < 50)
            identifier.setString(Tag.HangingProtocolName, VR.SH, RandomProtocols.MODALITIES.get(random.nextInt(5)) + " *");
        else if (chance < 99)
            identifier.setString(Tag.SOPInstanceUID, VR.UI, someUids());
        Response last = peer.find(identifier).last();
        assertEquals(0, last.status(), last::comment);
        load.count("find");
    }

    private void retrieve(String operation, Response last) {
        assertEquals(0, last.status(), () -> operation + ": " + last.command());
        load.count(operation);
    }

    private String someUid() {
        return uids.get(random.nextInt(uids.size()));
    }

    private String[] someUids() {
        return random.ints(1 + random.nextInt(MOST_UIDS), 0, uids.size()).distinct().mapToObj(uids::get).toArray(String[]::new);
    }
}

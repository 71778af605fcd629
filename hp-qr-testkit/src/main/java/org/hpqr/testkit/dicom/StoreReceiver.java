package org.hpqr.testkit.dicom;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.UID;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Commands;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.AbstractDicomService;

/** Takes C-STORE sub-operations, at a move destination or at the requester of a C-GET, and answers them as a test wants. */
public final class StoreReceiver extends AbstractDicomService {

    private static final int TIMEOUT_SECONDS = 60;

    /** C-STORE commands that arrived. */
    public final List<Attributes> commands = new CopyOnWriteArrayList<>();
    /** The data sets that came with them, as they came. */
    public final List<byte[]> bytes = new CopyOnWriteArrayList<>();
    /** The data sets that came with them. */
    public final List<Attributes> received = new CopyOnWriteArrayList<>();
    /** Associations they came over. */
    public final Set<Association> associations = ConcurrentHashMap.newKeySet();
    /** Answers a sub-operation: its number from 1, its command; returns the status. */
    public volatile BiFunction<Integer, Attributes, Integer> answer = (number, command) -> 0;
    private final Map<Integer, Misbehaviour> misbehaviours = new ConcurrentHashMap<>();
    private final BlockingQueue<Answer> heldBack = new LinkedBlockingQueue<>();
    private final AtomicInteger outstanding = new AtomicInteger();
    private final AtomicInteger mostOutstanding = new AtomicInteger();
    private volatile boolean keeping = true;
    private volatile boolean holdingBack;
    private volatile Gate beforeReading;
    private volatile Gate afterAnswering;

    StoreReceiver() {
        super(UID.HangingProtocolStorage);
    }

    /** What becomes of the {@code number}-th sub-operation, counted from 1. */
    public void misbehave(int number, Misbehaviour misbehaviour) {
        misbehaviours.put(number, misbehaviour);
    }

    /** Keeps commands only: for long lists. */
    public void keepNoDatasets() {
        keeping = false;
    }

    /** Keeps nothing of what has come: for work that goes on and on. Numbers of sub-operations begin at 1 again. */
    public void forget() {
        commands.clear();
        bytes.clear();
        received.clear();
        associations.clear();
    }

    /** Holds answers back, and reads on. */
    public void holdBackAnswers() {
        holdingBack = true;
    }

    /** The next answer held back, which is waited for, but not for ever. */
    public Answer heldBack() throws InterruptedException {
        Answer answer = heldBack.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (answer == null)
            throw new AssertionError("no sub-operation within " + TIMEOUT_SECONDS + " s");
        return answer;
    }

    /** Reads a data set only when the gate is open. */
    public void readWhenOpen(Gate gate) {
        beforeReading = gate;
    }

    /** Reads on only when the gate is open, once it has answered. */
    public void afterAnswering(Gate gate) {
        afterAnswering = gate;
    }

    /** An answer, yet to be given. */
    public interface Answer {
        void give() throws IOException;
    }

    @Override
    public void onDimseRQ(Association as, PresentationContext pc, Dimse dimse, Attributes command, PDVInputStream data)
            throws IOException {
        associations.add(as);
        if (beforeReading != null)
            beforeReading.pass();
        byte[] dataset = data.readAllBytes();
        if (keeping) {
            bytes.add(dataset);
            received.add(decode(dataset, pc.getTransferSyntax()));
        }
        int number;
        synchronized (this) {
            commands.add(new Attributes(command));
            number = commands.size();
        }
        mostOutstanding.accumulateAndGet(outstanding.incrementAndGet(), Math::max);
        Misbehaviour misbehaviour = misbehaviours.get(number);
        if (misbehaviour != null)
            misbehaviour.insteadOfAnswering(as, pc, command);
        else if (holdingBack)
            heldBack.add(() -> respond(as, pc, command, number));
        else
            respond(as, pc, command, number);
        if (afterAnswering != null)
            afterAnswering.pass();
    }

    private static Attributes decode(byte[] dataset, String transferSyntax) throws IOException {
        try (DicomInputStream in = new DicomInputStream(new ByteArrayInputStream(dataset), transferSyntax)) {
            return in.readDataset(-1, -1);
        }
    }

    private void respond(Association as, PresentationContext pc, Attributes command, int number) throws IOException {
        int status = answer.apply(number, command);
        outstanding.decrementAndGet();
        as.writeDimseRSP(pc, Commands.mkCStoreRSP(command, status));
    }

    /** Most sub-operations that were without an answer at a time. */
    public int mostOutstanding() {
        return mostOutstanding.get();
    }

    @Override
    protected void onDimseRQ(Association as, PresentationContext pc, Dimse dimse, Attributes cmd, Attributes data) {
        throw new UnsupportedOperationException("read above");
    }
}

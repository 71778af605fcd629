package org.hpqr.dimse;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.dcm4che3.net.Association;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What goes on on one association: the operations of its peer, and the sub-operations that are invoked on the peer. */
final class AssociationOperations {

    private static final Logger LOG = LoggerFactory.getLogger(AssociationOperations.class);

    /** So that one peer, which may read no answer, does not have all places there are for operations. */
    static final int MAX_OPERATIONS = 16;

    private static final String PROPERTY = AssociationOperations.class.getName();

    private final Map<Integer, Operation> operations = new ConcurrentHashMap<>();
    private final Association association;
    private final AtomicInteger threads = new AtomicInteger();
    private final InvokeWindow window;
    /** Tasks that a thread which is about to be free takes. */
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int almostFree;

    private AssociationOperations(Association association) {
        this.association = association;
        window = new InvokeWindow(association, operations::containsKey);
    }

    /** Called by the thread that reads the association, and only by that, as its properties are not synchronized. */
    static AssociationOperations of(Association association) {
        AssociationOperations outstanding = (AssociationOperations) association.getProperty(PROPERTY);
        if (outstanding == null) {
            outstanding = new AssociationOperations(association);
            association.setProperty(PROPERTY, outstanding);
        }
        return outstanding;
    }

    /** {@code true} if no operation without a final response has this Message ID; then {@code operation} has it. */
    boolean claim(int messageId, Operation operation) {
        return operations.putIfAbsent(messageId, operation) == null;
    }

    /** {@code true} if more than {@value #MAX_OPERATIONS} operations have Message IDs. */
    boolean isCrowded() {
        return operations.size() > MAX_OPERATIONS;
    }

    /** The operation has got its final response. */
    void remove(int messageId, Operation operation) {
        operations.remove(messageId, operation);
    }

    /**
     * Runs a task on a thread of the device, or on one that works for this association and is {@link #threadIsFree about to
     * be free}. So the association has no more threads than operations, and a thread that does not come to its end, whatever
     * it waits for, keeps the peer waiting instead of taking another thread.
     *
     * @param task calls {@link #threadIsFree} once
     * @throws java.util.concurrent.RejectedExecutionException no thread is free
     */
    void execute(Runnable task) {
        synchronized (waiting) {
            if (almostFree > waiting.size()) {
                waiting.add(task);
                return;
            }
        }
        enter();
        boolean accepted = false;
        try {
            association.getApplicationEntity().getDevice().execute(() -> work(task));
            accepted = true;
        } finally {
            if (!accepted)
                leave();
        }
    }

    private void work(Runnable first) {
        try {
            for (Runnable task = first; task != null; task = next())
                run(task);
        } finally {
            leave();
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("{}: a task ended with an error", this, e);
        }
    }

    private Runnable next() {
        synchronized (waiting) {
            almostFree--;
            return waiting.poll();
        }
    }

    /** The task of this thread has done what its peer waits for. */
    void threadIsFree() {
        synchronized (waiting) {
            almostFree++;
        }
    }

    /** A thread begins to work for this association. */
    void enter() {
        threads.incrementAndGet();
    }

    /** It has ended, with all that belongs to an operation: response, log, audit trail. */
    void leave() {
        threads.decrementAndGet();
    }

    /** {@code true} if no thread works for this association. */
    boolean isIdle() {
        return threads.get() == 0;
    }

    /** Closes the association without a word: that cannot be held up by the peer. */
    void close() throws IOException {
        association.getSocket().close();
    }

    /** The association is lost. */
    void peerIsGone() {
        operations.values().forEach(Operation::peerIsGone);
    }

    /** What may be invoked on the peer, by all C-GET operations of the association together. */
    InvokeWindow window() {
        return window;
    }

    @Override
    public String toString() {
        return LogName.of(association);
    }
}

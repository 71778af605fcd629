package org.hpqr.dimse;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.dcm4che3.net.Association;

/** What goes on on one association: the operations of its peer, and the sub-operations that are invoked on the peer. */
final class Outstanding {

    /** So that one peer, which may read no answer, does not have all places there are for operations. */
    static final int MAX_OPERATIONS = 16;

    private static final String PROPERTY = Outstanding.class.getName();

    private final Map<Integer, Operation> operations = new ConcurrentHashMap<>();
    private final Association association;
    private final AtomicInteger threads = new AtomicInteger();
    private final InvokeWindow window;

    private Outstanding(Association association) {
        this.association = association;
        window = new InvokeWindow(association, operations::containsKey);
    }

    /** Called by the thread that reads the association, and only by that, as its properties are not synchronized. */
    static Outstanding of(Association association) {
        Outstanding outstanding = (Outstanding) association.getProperty(PROPERTY);
        if (outstanding == null) {
            outstanding = new Outstanding(association);
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

package org.hpqr.dimse;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.dcm4che3.net.Association;

/** What goes on on one association: the operations of its peer, and the sub-operations that are invoked on the peer. */
final class Outstanding {

    private static final String PROPERTY = Outstanding.class.getName();

    private final Map<Integer, Operation> operations = new ConcurrentHashMap<>();
    private final InvokeWindow window;

    private Outstanding(Association association) {
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

    /** The operation has got its final response. */
    void remove(int messageId, Operation operation) {
        operations.remove(messageId, operation);
    }

    /** The association is lost. */
    void peerIsGone() {
        operations.values().forEach(Operation::peerIsGone);
    }

    /** What may be invoked on the peer, by all C-GET operations of the association together. */
    InvokeWindow window() {
        return window;
    }
}

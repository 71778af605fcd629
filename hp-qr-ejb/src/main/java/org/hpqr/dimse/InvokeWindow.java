package org.hpqr.dimse;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntPredicate;
import org.dcm4che3.net.Association;

/**
 * The asynchronous operations window of an association (PS3.7 D.3.3.3), as far as this side invokes operations: how many
 * may be outstanding, and under which Message IDs.
 */
final class InvokeWindow {

    /** Sub-operations under way at a time where the peer sets no limit. */
    static final int MAX = 16;

    private final Association association;
    private final IntPredicate taken;
    private final Set<Integer> outstanding = new HashSet<>();
    private final Set<Runnable> waiting = new LinkedHashSet<>();

    /** @param taken Message IDs in use by the peer, which this side does not use, so that no peer mixes them up */
    InvokeWindow(Association association, IntPredicate taken) {
        this.association = association;
        this.taken = taken;
    }

    /** 0 was negotiated for "no limit". */
    private int size() {
        int negotiated = association.isRequestor()
                ? association.getAAssociateAC().getMaxOpsInvoked()
                : association.getAAssociateAC().getMaxOpsPerformed();
        return negotiated == 0 ? MAX : Math.min(negotiated, MAX);
    }

    /**
     * Claims a place.
     *
     * @param whenFree called once, by another thread, when there is a place again, if there is none now
     * @return the Message ID to use: not 0, and unique among those outstanding on both sides; empty if there is no place
     */
    synchronized OptionalInt claim(Runnable whenFree) {
        if (outstanding.size() >= size()) {
            waiting.add(whenFree);
            return OptionalInt.empty();
        }
        waiting.remove(whenFree);
        int id;
        do {
            id = association.nextMessageID();
        } while (id == 0 || taken.test(id) || !outstanding.add(id));
        return OptionalInt.of(id);
    }

    /** The response has come, or the request was never sent. */
    void release(int messageId) {
        List<Runnable> woken;
        synchronized (this) {
            if (!outstanding.remove(messageId))
                return;
            woken = List.copyOf(waiting);
            waiting.clear();
        }
        woken.forEach(Runnable::run);
    }
}

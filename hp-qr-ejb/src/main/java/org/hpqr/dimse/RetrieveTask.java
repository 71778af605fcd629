package org.hpqr.dimse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.hpqr.dataset.StoredObject;
import org.hpqr.model.StoredInstance;
import org.hpqr.retrieve.ObjectReader;
import org.hpqr.retrieve.SubOperations;
import org.hpqr.retrieve.SubOperations.Result;
import org.hpqr.status.HpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sub-operations of one C-MOVE or C-GET (PS3.4 C.4.2.3.1, C.4.3.3.1). One thread sends and counts; what other
 * threads see (a response, a cancel, a lost association) reaches it as an event, so nothing here is shared.
 */
final class RetrieveTask {

    private static final Logger LOG = LoggerFactory.getLogger(RetrieveTask.class);

    private final Operation operation;
    private final ObjectReader reader;
    private final int priority;
    private final String originatorAET;
    private final RetrieveTiming timing;
    private final SubOperations tally;
    private final Iterator<StoredInstance> waiting;
    private final List<StoreChannel> channels;
    private final Set<Flight> flights = new HashSet<>();
    private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();

    private boolean cancelled;
    private boolean requesterGone;
    private long nextPending;

    /**
     * @param channels      where to send; at least one
     * @param priority      Priority (0000,0700) of the request, handed on
     * @param originatorAET Move Originator AE Title (0000,1030): the calling AE title of the C-MOVE; {@code null} for a
     *                      C-GET
     */
    RetrieveTask(Operation operation, List<StoredInstance> instances, List<StoreChannel> channels, ObjectReader reader,
                 int priority, String originatorAET, RetrieveTiming timing) {
        this.operation = operation;
        this.reader = reader;
        this.priority = priority;
        this.originatorAET = originatorAET;
        this.timing = timing;
        this.tally = new SubOperations(instances.size());
        this.waiting = instances.iterator();
        this.channels = new ArrayList<>(channels);
        this.nextPending = System.nanoTime() + timing.pendingIntervalNanos();
    }

    /** The requester asks to stop; may be called by any thread. */
    void cancel() {
        events.add(() -> cancelled = true);
    }

    /** The requester's association is lost; may be called by any thread. */
    void requesterGone() {
        events.add(() -> requesterGone = true);
    }

    /** How it went, for the final response. */
    SubOperations tally() {
        return tally;
    }

    /**
     * Performs the sub-operations; returns when the last one has ended.
     *
     * @return the final status
     */
    HpStatus run() throws InterruptedException {
        while (true) {
            for (Runnable event; (event = events.poll()) != null;)
                event.run();
            boolean stopped = cancelled || requesterGone;
            channels.removeIf(channel -> !channel.isOpen() && flights.stream().noneMatch(flight -> flight.channel == channel));
            if (!stopped && channels.isEmpty())
                failWaiting();
            if (flights.isEmpty() && (stopped || !waiting.hasNext()))
                break;
            StoreChannel channel = stopped || !waiting.hasNext() ? null : freeChannel();
            if (channel != null)
                send(channel, waiting.next());
            else
                awaitEvent();
        }
        return cancelled && tally.remaining() > 0 ? HpStatus.CANCEL : tally.finalStatus();
    }

    private StoreChannel freeChannel() {
        for (StoreChannel channel : channels)
            if (channel.isFree())
                return channel;
        return null;
    }

    private void send(StoreChannel channel, StoredInstance instance) throws InterruptedException {
        Flight flight = new Flight(channel, instance.sopInstanceUid());
        flights.add(flight);
        channel.reserve();
        try {
            StoredObject object = reader.read(instance);
            channel.send(new StoreChannel.Request(instance.sopInstanceUid(), object, priority, originatorAET,
                    operation.messageId()), flight);
        } catch (IOException | RuntimeException | StoreChannel.NotAcceptedException e) {
            LOG.warn("{}: {} is not sent to {}: {}", operation.association(), instance.sopInstanceUid(),
                    channel.association().getRemoteAET(), e.toString());
            LOG.debug("{}: {} is not sent", operation.association(), instance.sopInstanceUid(), e);
            end(flight, Result.FAILED);
        }
    }

    private void awaitEvent() throws InterruptedException {
        long now = System.nanoTime();
        long until = flights.stream().mapToLong(flight -> flight.deadline).min().orElse(now + TimeUnit.SECONDS.toNanos(1));
        if (timing.pendingIntervalNanos() > 0)
            until = Math.min(until, nextPending);
        Runnable event = events.poll(Math.max(until - now, 1), TimeUnit.NANOSECONDS);
        if (event != null) {
            event.run();
            return;
        }
        now = System.nanoTime();
        if (timing.pendingIntervalNanos() > 0 && now - nextPending >= 0)
            pending();
        for (Flight flight : List.copyOf(flights))
            if (now - flight.deadline >= 0)
                timedOut(flight);
    }

    /** No response in time: nothing more is expected of this association. */
    private void timedOut(Flight flight) {
        LOG.warn("{}: {} does not answer the C-STORE of {}", operation.association(),
                flight.channel.association().getRemoteAET(), flight.sopInstanceUid);
        end(flight, Result.FAILED);
        flight.channel.giveUp();
        if (flight.channel.association() != operation.association())
            flight.channel.association().abort();
    }

    private void failWaiting() {
        while (waiting.hasNext())
            tally.count(waiting.next().sopInstanceUid(), Result.FAILED);
    }

    private void end(Flight flight, Result result) {
        if (!flights.remove(flight))
            return;
        flight.channel.release();
        tally.count(flight.sopInstanceUid, result);
        if (timing.pendingIntervalNanos() == 0 && tally.remaining() > 0 && !cancelled)
            pending();
    }

    private void pending() {
        nextPending = System.nanoTime() + timing.pendingIntervalNanos();
        if (requesterGone)
            return;
        try {
            operation.pending(HpStatus.PENDING, tally.counts(true), null);
        } catch (IOException e) {
            LOG.debug("{}: no pending response can be sent", operation.association(), e);
            requesterGone = true;
        }
    }

    /** One sub-operation that was sent and has not ended. */
    private final class Flight implements StoreChannel.Ending {

        private final StoreChannel channel;
        private final String sopInstanceUid;
        private final long deadline = System.nanoTime() + timing.responseTimeoutNanos();

        private Flight(StoreChannel channel, String sopInstanceUid) {
            this.channel = channel;
            this.sopInstanceUid = sopInstanceUid;
        }

        @Override
        public void answered(int status) {
            events.add(() -> {
                if (status != 0 && flights.contains(this))
                    LOG.warn("{}: {} answers the C-STORE of {} with {}", operation.association(),
                            channel.association().getRemoteAET(), sopInstanceUid, String.format("%04XH", status));
                end(this, Result.of(status));
            });
        }

        @Override
        public void lost() {
            events.add(() -> end(this, Result.FAILED));
        }
    }

    /**
     * @param responseTimeoutNanos longest time a C-STORE sub-operation waits for its response
     * @param pendingIntervalNanos time between two pending responses; 0: one after each sub-operation but the last
     */
    record RetrieveTiming(long responseTimeoutNanos, long pendingIntervalNanos) {
    }
}

package org.hpqr.dimse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.Tag;
import org.dcm4che3.net.Priority;
import org.dcm4che3.net.pdu.AAssociateRJ;
import org.hpqr.database.StoredInstance;
import org.hpqr.retrieve.RetrieveMatches;
import org.hpqr.retrieve.SubOperations;
import org.hpqr.retrieve.SubOperations.Result;
import org.hpqr.service.HangingProtocolService;
import org.hpqr.service.SendMemory;
import org.hpqr.status.HpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sub-operations of one C-MOVE or C-GET (PS3.4 C.4.2.3.1, C.4.3.3.1). One thread sends and counts; what other
 * threads see (an association opened, a response, a cancel, a lost association) reaches it as an event, so nothing here is
 * shared.
 */
final class RetrieveTask implements RetrieveScp.Opening {

    private static final Logger LOG = LoggerFactory.getLogger(RetrieveTask.class);

    /** That an association is lost is noticed after this time where no event tells. */
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** So many objects, and about so many bytes, are read from the database at a time. */
    private static final int MOST_AHEAD = 64;
    private static final int MOST_BYTES_AHEAD = 1 << 17;

    /** Wakes the thread: there is a place in a peer's window again. */
    private final Runnable placeFree = this::wake;

    private final Operation operation;
    private final RetrieveScp.Target target;
    private final RetrieveMatches matches;
    private final HangingProtocolService service;
    private final Timing timing;
    private final int priority;
    private final SubOperations tally;
    private final List<StoreChannel> channels = new ArrayList<>();
    private final Set<Flight> flights = new HashSet<>();
    private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();

    private int begun;
    private int readUpTo;
    private int opened;
    private boolean opening;
    /** Why there was no association to send over. */
    private String refusal;
    private long openingDeadline;
    private boolean cancelled;
    private boolean requesterGone;
    private long nextPending;

    /**
     * @param target where to send; nothing is open yet
     * @param matches what to send
     */
    RetrieveTask(Operation operation, RetrieveScp.Target target, RetrieveMatches matches, HangingProtocolService service, Timing timing) {
        this.operation = operation;
        this.target = target;
        this.matches = matches;
        this.service = service;
        this.timing = timing;
        this.priority = priority(operation.request().getInt(Tag.Priority, Priority.NORMAL));
        this.tally = new SubOperations(matches.count());
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

    @Override
    public void opened(StoreChannel channel) {
        events.add(() -> {
            opening = false;
            opened++;
            channels.add(channel);
        });
    }

    @Override
    public void refused(Exception reason) {
        events.add(() -> {
            if (!opening)
                return;
            opening = false;
            if (opened == 0)
                LOG.warn("{}: nothing can be sent to {}: {}", operation.logName(), peer(), reason.toString());
            else
                LOG.info("{}: {} accepts only {} associations: {}", operation.logName(), peer(), opened,
                        reason.toString());
            LOG.debug("{}: no association", operation.logName(), reason);
            refusal = opened == 0 ? comment(reason) : null;
            opened = target.maxChannels();
        });
    }

    private static String comment(Exception refused) {
        if (refused instanceof StoreChannel.NotNegotiatedException)
            return refused.getMessage();
        return refused instanceof AAssociateRJ ? "The move destination rejects the association"
                : "The move destination cannot be connected to";
    }

    /** For the Error Comment, if all sub-operations have failed. */
    String failure() {
        return refusal == null ? "Each sub-operation failed" : refusal;
    }

    /** How it went, for the final response. */
    SubOperations tally() {
        return tally;
    }

    /**
     * Performs the sub-operations; returns when the last one has ended.
     *
     * @return the final status
     * @throws RuntimeException where the objects are cannot be looked up: {@link #failRest} counts what has not ended
     */
    HpStatus run() throws InterruptedException {
        while (true) {
            runEvents();
            checkTimers(System.nanoTime());
            boolean stopped = cancelled || requesterGone;
            if (!stopped && hasWaiting()) {
                openAnother();
                if (channels.isEmpty() && !opening)
                    failWaiting();
            }
            if (flights.isEmpty() && (stopped || !hasWaiting()))
                break;
            if (stopped || !sendNext())
                awaitEvent();
        }
        return cancelled && tally.remaining() > 0 ? HpStatus.CANCEL : tally.finalStatus();
    }

    private void runEvents() {
        for (Runnable event; (event = events.poll()) != null;)
            event.run();
    }

    /** Counts every sub-operation that has not ended as failed. */
    void failRest() {
        runEvents();
        flights.forEach(flight -> tally.count(flight.sopInstanceUid, Result.FAILED));
        flights.clear();
        failWaiting();
    }

    private boolean hasWaiting() {
        return begun < matches.count();
    }

    private void failWaiting() {
        matches.sopInstanceUids().subList(begun, matches.count()).forEach(uid -> tally.count(uid, Result.FAILED));
        begun = matches.count();
    }

    private void openAnother() {
        if (opening || opened >= Math.min(target.maxChannels(), matches.count()))
            return;
        opening = true;
        openingDeadline = System.nanoTime() + timing.connectTimeoutNanos();
        target.open(matches.transferSyntaxes(), this);
    }

    /** Sends one object, if there is one and a channel for it; {@code false} if not. */
    private boolean sendNext() throws InterruptedException {
        if (!hasWaiting())
            return false;
        for (StoreChannel channel : channels) {
            if (!channel.isOpen())
                continue;
            OptionalInt messageId = channel.claim(placeFree);
            if (messageId.isPresent()) {
                send(channel, messageId.getAsInt());
                return true;
            }
        }
        return false;
    }

    private void readAhead() {
        int bytes = 0;
        int end = begun;
        while (end < matches.count() && end - begun < MOST_AHEAD && bytes < MOST_BYTES_AHEAD)
            bytes += Math.min(matches.instances().get(end++).objectSize(), MOST_BYTES_AHEAD);
        service.readAhead(matches.instances().subList(begun, end));
        readUpTo = end;
    }

    private void send(StoreChannel channel, int messageId) throws InterruptedException {
        if (begun == readUpTo)
            readAhead();
        StoredInstance instance = matches.instances().get(begun++);
        Flight flight = new Flight(channel, instance.sopInstanceUid());
        flights.add(flight);
        try {
            SendMemory.OF_DIMSE.send(instance.objectSize(), timing.responseTimeoutNanos(), () -> channel.send(
                    new StoreChannel.Request(messageId, instance.sopInstanceUid(), service.read(instance, operation.caller()), priority,
                            target.originatorAET(), operation.messageId()), flight));
            flight.deadline = System.nanoTime() + timing.responseTimeoutNanos();
        } catch (IOException | RuntimeException | Error e) {
            // an Error: no memory for a large object
            LOG.warn("{}: {} was not sent to {}: {}", operation.logName(), instance.sopInstanceUid(), peer(), e.toString());
            LOG.debug("{}: {} is not sent", operation.logName(), instance.sopInstanceUid(), e);
            channel.unclaim(messageId);
            end(flight, Result.FAILED);
        }
    }

    private void awaitEvent() throws InterruptedException {
        long now = System.nanoTime();
        long wait = LOOK_NANOS;
        for (Flight flight : flights)
            wait = Math.min(wait, flight.deadline - now);
        if (opening)
            wait = Math.min(wait, openingDeadline - now);
        if (timing.pendingIntervalNanos() > 0)
            wait = Math.min(wait, nextPending - now);
        Runnable event = events.poll(Math.max(wait, 1), TimeUnit.NANOSECONDS);
        if (event != null)
            event.run();
    }

    /** Does what is due, and forgets associations that are lost. */
    private void checkTimers(long now) {
        if (timing.pendingIntervalNanos() > 0 && now - nextPending >= 0)
            pending();
        for (Flight flight : List.copyOf(flights))
            if (now - flight.deadline >= 0)
                timedOut(flight);
        if (opening && now - openingDeadline >= 0) {
            target.stopOpening();
            refused(new IOException("no association within "
                    + TimeUnit.NANOSECONDS.toSeconds(timing.connectTimeoutNanos()) + " s"));
        }
        channels.removeIf(channel -> !channel.isOpen() && flights.stream().noneMatch(flight -> flight.channel == channel));
    }

    /** No response in time: nothing more is expected of this association. */
    private void timedOut(Flight flight) {
        LOG.warn("{}: {} did not answer the C-STORE of {}", operation.logName(), peer(), flight.sopInstanceUid);
        end(flight, Result.FAILED);
        giveUp(flight.channel);
    }

    /** The requester's own association has yet to carry the final response. */
    private void giveUp(StoreChannel channel) {
        channel.giveUp();
        if (channel.association() != operation.association())
            channel.abort();
    }

    private void end(Flight flight, Result result) {
        if (!flights.remove(flight))
            return;
        tally.count(flight.sopInstanceUid, result);
        if (timing.pendingIntervalNanos() == 0)
            pending();
    }

    private void pending() {
        nextPending = System.nanoTime() + timing.pendingIntervalNanos();
        if (requesterGone || cancelled || tally.remaining() == 0)
            return;
        try {
            operation.pending(HpStatus.PENDING, tally.counts(true), null);
        } catch (IOException e) {
            LOG.debug("{}: no pending response can be sent", operation.logName(), e);
            requesterGone = true;
        }
    }

    private String peer() {
        return target.destination() == null ? LogName.of(operation.association().getRemoteAET()) : target.destination();
    }

    private void wake() {
        events.add(() -> { });
    }

    private static int priority(int requested) {
        return requested == Priority.HIGH || requested == Priority.LOW ? requested : Priority.NORMAL;
    }

    /** One sub-operation that was sent and has not ended. */
    private final class Flight implements StoreChannel.Ending {

        private final StoreChannel channel;
        private final String sopInstanceUid;
        /** Begins when all is sent. */
        private long deadline = System.nanoTime() + Long.MAX_VALUE / 2;

        private Flight(StoreChannel channel, String sopInstanceUid) {
            this.channel = channel;
            this.sopInstanceUid = sopInstanceUid;
        }

        @Override
        public void answered(int status) {
            events.add(() -> {
                if (status != 0 && flights.contains(this))
                    LOG.warn("{}: {} answered the C-STORE of {} with {}", operation.logName(), peer(), sopInstanceUid,
                            String.format("%04XH", status));
                end(this, Result.of(status));
            });
        }

        @Override
        public void lost() {
            events.add(() -> {
                end(this, Result.FAILED);
                if (channel.isOpen())
                    giveUp(channel);
            });
        }
    }

    /**
     * @param connectTimeoutNanos  longest time a move destination has to accept an association
     * @param responseTimeoutNanos longest time a C-STORE sub-operation waits for its response
     * @param pendingIntervalNanos time between two pending responses; 0: one after each sub-operation but the last
     */
    record Timing(long connectTimeoutNanos, long responseTimeoutNanos, long pendingIntervalNanos) {
    }
}

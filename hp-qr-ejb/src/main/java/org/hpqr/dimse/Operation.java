package org.hpqr.dimse;

import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.CancelRQHandler;
import org.dcm4che3.net.Commands;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.pdu.PresentationContext;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.dataset.MalformedDatasetException;
import org.hpqr.dataset.ReceivedBytes;
import org.hpqr.monitor.OperationMetrics;
import org.hpqr.service.Caller;
import org.hpqr.service.RequestMemory;
import org.hpqr.status.CauseText;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpService;
import org.hpqr.status.HpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One operation under way: the request, and the responses to it. Every response of the plugin is written here, and
 * every operation is logged here, once, when it ends.
 */
final class Operation {

    private static final Logger LOG = LoggerFactory.getLogger("org.hpqr.operation");

    private final Association association;
    private final PresentationContext context;
    private final Dimse dimse;
    private final Attributes request;
    private final int messageId;
    private final AssociationOperations outstanding;
    private final PeerWatchdog watchdog;
    private final OperationMetrics metrics;
    private final RequestMemory.Share memory;
    private final Caller caller;
    private final long started = System.nanoTime();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile Runnable onStop = () -> { };
    private final AtomicReference<Runnable> onOver = new AtomicReference<>(() -> { });
    private volatile Consumer<HpStatus> audit = status -> { };
    private volatile boolean peerGone;
    private volatile boolean cancelable;
    private volatile boolean handedOver;
    /** Keeps the responses back until the final one is written; {@code null} if each is sent at once. */
    private HoldingSocket holding;
    private final AtomicBoolean threadIsFree = new AtomicBoolean();

    /**
     * @param outstanding what goes on on this association
     * @param memory      for the data set of the request
     * @param caller      who has requested it
     */
    Operation(Association association, PresentationContext context, Dimse dimse, Attributes request,
              AssociationOperations outstanding, PeerWatchdog watchdog, OperationMetrics metrics, RequestMemory.Share memory,
              Caller caller) {
        this.association = association;
        this.context = context;
        this.dimse = dimse;
        this.request = request;
        this.messageId = request.getInt(Tag.MessageID, 0);
        this.outstanding = outstanding;
        this.watchdog = watchdog;
        this.metrics = metrics;
        this.memory = memory;
        this.caller = caller;
    }

    Association association() {
        return association;
    }

    PresentationContext context() {
        return context;
    }

    Attributes request() {
        return request;
    }

    int messageId() {
        return messageId;
    }

    /** Its association, as the log names it. */
    String logName() {
        return LogName.of(association);
    }

    String calledAET() {
        return association.getCalledAET();
    }

    Caller caller() {
        return caller;
    }

    HpService service() {
        return switch (dimse) {
            case C_STORE_RQ -> HpService.STORE;
            case C_FIND_RQ -> HpService.FIND;
            case C_MOVE_RQ -> HpService.MOVE;
            case C_GET_RQ -> HpService.GET;
            default -> throw new IllegalStateException("not an operation of this service: " + dimse);
        };
    }

    /** What to call when the requester asks to cancel. To be set before the request's thread reads on. */
    void onCancel(CancelRQHandler handler) {
        association.addCancelRQHandler(messageId, handler);
        cancelable = true;
    }

    /** What to call when the association of the requester is lost before the operation has ended. */
    void onPeerGone(Runnable action) {
        onStop = action;
        if (peerGone)
            action.run();
    }

    /** The association is lost: nobody waits for a response any more. */
    void peerIsGone() {
        peerGone = true;
        onStop.run();
    }

    /** {@code true} as long as no other operation of the association uses this Message ID. */
    boolean claimMessageId() {
        return outstanding.claim(messageId, this);
    }

    /** What goes on on the association of this operation. */
    AssociationOperations outstanding() {
        return outstanding;
    }

    /**
     * Hands the operation over to another thread, so that the association's thread reads on.
     *
     * @param task ends the operation
     * @throws RejectedExecutionException no thread is free; the operation has not ended
     */
    void execute(Runnable task) {
        handedOver = true;
        boolean accepted = false;
        try {
            outstanding.execute(() -> {
                try {
                    task.run();
                } finally {
                    try {
                        leftByItsLastThread();
                    } finally {
                        freeThread();
                    }
                }
            });
            accepted = true;
        } finally {
            // it may be an Error: the operating system has no thread left
            handedOver = accepted;
        }
    }

    /** What is left for this thread to do is little: the next operation of the association waits for it. */
    private void freeThread() {
        if (handedOver && threadIsFree.compareAndSet(false, true))
            outstanding.threadIsFree();
    }

    /** The association's thread has done its part: unless another thread has the operation now, it is to have ended. */
    void leftByItsThread() {
        if (!handedOver)
            leftByItsLastThread();
    }

    private void leftByItsLastThread() {
        endIfWithoutStatus();
        over();
    }

    /**
     * What to do once when the operation is over. That is before its final response is sent, as the requester may answer
     * that with its next request faster than this thread goes on.
     */
    void onOver(Runnable action) {
        onOver.set(action);
    }

    /**
     * Who tells the audit trail how the operation has ended, once. As the line in the log, that comes before the final
     * response: if writing hangs, the peer waits, instead of asking for more while what is to be written piles up.
     */
    void onAudit(Consumer<HpStatus> told) {
        audit = told;
    }

    private void over() {
        onOver.getAndSet(() -> { }).run();
        memory.giveBack();
    }

    private void endIfWithoutStatus() {
        if (!ended.get() && !peerGone)
            end(null, new Attributes(), null, "without a status");
    }

    /**
     * Reads the data set of the request, which the peer has to send in time.
     *
     * @param what  how an Error Comment calls it
     * @param limit most bytes taken
     * @throws HpFailure   A700 or A701: there are more, or there is no memory for them
     * @throws IOException the association is lost, or was closed because the peer took too long
     */
    byte[] receive(PDVInputStream data, String what, int limit) throws IOException, HpFailure {
        return watchdog.watchReading(association, () -> {
            try {
                byte[] bytes = ReceivedBytes.read(data, limit, memory::take);
                if (UID.DeflatedExplicitVRLittleEndian.equals(context.getTransferSyntax()))
                    DatasetCodec.reserveInflated(bytes, memory::take);
                return bytes;
            } catch (ReceivedBytes.TooLargeException e) {
                throw new HpFailure(HpStatus.outOfResources(service()), "The " + what + " is larger than " + limit + " bytes");
            } catch (ReceivedBytes.NoMemoryException e) {
                throw new HpFailure(HpStatus.outOfResources(service()), "No memory is free for the " + what);
            }
        });
    }

    /**
     * Sends a Pending response.
     *
     * @param identifier the match, or {@code null}
     * @param fields     added to the command, may be empty
     * @throws IOException the association is lost
     */
    void pending(HpStatus status, Attributes fields, Attributes identifier) throws IOException {
        Attributes response = Commands.mkRSP(request, status.code(), dimse);
        response.addAll(fields);
        try {
            watchdog.watch(association, () -> association.writeDimseRSP(context, response, identifier));
        } catch (IOException e) {
            peerGone = true;
            throw e;
        }
    }

    /** From now on no response need be sent before the final one, which soon comes. Called by the thread that ends the operation. */
    void holdResponses() {
        if (association.getSocket() instanceof HoldingSocket socket) {
            holding = socket;
            socket.hold();
        }
    }

    /** Ends the operation with a failure status, before any sub-operation. */
    void fail(HpFailure failure) {
        fail(failure, new Attributes(), null);
    }

    /**
     * Ends the operation with a failure status.
     *
     * @param counts     of the sub-operations, may be empty
     * @param identifier data set of the response, or {@code null}
     */
    void fail(HpFailure failure, Attributes counts, Attributes identifier) {
        Attributes fields = new Attributes(counts);
        fields.setString(Tag.ErrorComment, VR.LO, failure.comment());
        if (failure.offendingElements().length > 0)
            fields.setInt(Tag.OffendingElement, VR.AT, failure.offendingElements());
        if (failure.getCause() instanceof MalformedDatasetException)
            // the peer's fault and for the peer to fix; what the decoder says may quote the data set
            LOG.debug("{}: {} {} failed", logName(), dimse, messageId, failure);
        else if (failure.getCause() != null && failure.status().isLackOfResources())
            LOG.warn("{}: {} {} failed: {}", logName(), dimse, messageId, CauseText.of(failure));
        else if (failure.getCause() != null)
            LOG.warn("{}: {} {} failed", logName(), dimse, messageId, failure);
        end(failure.status(), fields, identifier, failure.comment());
    }

    /**
     * Logs how the operation has ended, tells the audit trail, and sends the final response. What a service ends with is checked: no status becomes C001, a status that its
     * operation does not have becomes C002 (C000 for a C-STORE, whose service class has only that).
     *
     * @param fields     added to the command, may be empty
     * @param identifier data set of the response, or {@code null}
     * @param detail     for the log: matches, counts or the reason of a failure; no content of a data set
     */
    void end(HpStatus status, Attributes fields, Attributes identifier, String detail) {
        if (!ended.compareAndSet(false, true))
            return;
        HpStatus answered = checked(status);
        over();
        outstanding.remove(messageId, this);
        if (cancelable)
            association.removeCancelRQHandler(messageId);
        record(answered, detail);
        Attributes response = Commands.mkRSP(request, answered.code(), dimse);
        response.addAll(fields);
        if (answered.isFailure() && !response.contains(Tag.ErrorComment))
            response.setString(Tag.ErrorComment, VR.LO, answered.condition());
        freeThread();
        try {
            watchdog.watch(association, () -> {
                association.writeDimseRSP(context, response, identifier);
                if (holding != null)
                    holding.release();
            });
        } catch (IOException e) {
            if (!peerGone)
                LOG.info("{}: {} {} peer disconnected before the response was sent", logName(), service(), messageId);
            LOG.debug("{}: the response to {} {} was not sent", logName(), dimse, messageId, e);
        }
    }

    private void record(HpStatus answered, String detail) {
        long nanos = System.nanoTime() - started;
        metrics.ended(service(), answered, nanos);
        LOG.info("{}: {} {} {}{}{} {} ms{}", logName(), service(), messageId, answered, detail.isEmpty() ? "" : " ", detail,
                TimeUnit.NANOSECONDS.toMillis(nanos), peerGone ? ", peer gone" : "");
        try {
            audit.accept(answered);
        } catch (RuntimeException e) {
            LOG.error("{}: {} {} is missing from the audit trail", logName(), dimse, messageId, e);
        }
    }

    private HpStatus checked(HpStatus status) {
        if (status != null && status.services().contains(service()) && !status.isPending())
            return status;
        LOG.error("{}: {} {} ended with {}, which is not a final status of this operation", logName(), dimse, messageId, status,
                new IllegalStateException("here"));
        if (service() == HpService.STORE)
            return HpStatus.CANNOT_UNDERSTAND;
        return status == null ? HpStatus.NO_STATUS : HpStatus.STATUS_NOT_ALLOWED;
    }
}

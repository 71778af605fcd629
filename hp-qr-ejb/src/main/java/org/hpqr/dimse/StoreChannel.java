package org.hpqr.dimse;

import java.io.IOException;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.DimseRSPHandler;
import org.dcm4che3.net.pdu.PresentationContext;
import org.hpqr.dataset.StoredObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An association that sub-operations are sent over: the requester's own for a C-GET, one to the move destination for a
 * C-MOVE. Used by one thread.
 */
final class StoreChannel {

    private static final Logger LOG = LoggerFactory.getLogger(StoreChannel.class);

    private final Association association;
    private final InvokeWindow window;
    private final PeerWatchdog watchdog;
    private boolean givenUp;

    /** That were accepted. */
    private final Set<String> transferSyntaxes;

    /**
     * @param window what may be outstanding on the association
     * @throws NotNegotiatedException the peer has accepted no presentation context for Hanging Protocol Storage, not in the
     *                                role that is needed, or with too small a maximum length
     */
    StoreChannel(Association association, InvokeWindow window, PeerWatchdog watchdog) throws IOException {
        transferSyntaxes = transferSyntaxes(association);
        if (transferSyntaxes.isEmpty())
            throw new NotNegotiatedException("No presentation context for Hanging Protocol Storage");
        if (!mayInvoke(association))
            throw new NotNegotiatedException("No SCP role for Hanging Protocol Storage was negotiated");
        if (!MaximumLength.isUsable(association))
            throw new NotNegotiatedException(MaximumLength.comment(association));
        this.association = association;
        this.window = window;
        this.watchdog = watchdog;
    }

    /** A context that the peer has accepted with a transfer syntax that it was not asked for cannot be used (PS3.8 9.3.3.2). */
    private static Set<String> transferSyntaxes(Association association) throws IOException {
        Set<String> usable = new HashSet<>();
        for (String transferSyntax : association.getTransferSyntaxesFor(UID.HangingProtocolStorage)) {
            PresentationContext accepted = association.pcFor(UID.HangingProtocolStorage, transferSyntax);
            PresentationContext requested = association.getAAssociateRQ().getPresentationContext(accepted.getPCID());
            if (requested.containsTransferSyntax(transferSyntax))
                usable.add(transferSyntax);
            else
                LOG.warn("{}: ignoring presentation context {}: the accepted transfer syntax {} was not proposed",
                        LogName.of(association), accepted.getPCID(), LogName.of(transferSyntax));
        }
        return usable;
    }

    /** Nothing can be stored over an association; the message fits into an Error Comment. */
    static final class NotNegotiatedException extends IOException {
        private static final long serialVersionUID = 1L;

        private NotNegotiatedException(String message) {
            super(message);
        }
    }

    /** The server may be configured to take no role selection (PS3.7 D.3.3.4) for an agreement. */
    private static boolean mayInvoke(Association association) {
        return association.isSCUFor(UID.HangingProtocolStorage)
                || association.getApplicationEntity().isRoleSelectionNegotiationLenient()
                && association.getAAssociateAC().getRoleSelectionFor(UID.HangingProtocolStorage) == null;
    }

    Association association() {
        return association;
    }

    /** {@code false} once the association is released, aborted, lost or given up. */
    boolean isOpen() {
        return !givenUp && association.isReadyForDataTransfer();
    }

    /** Nothing more is sent: the peer has stopped answering. */
    void giveUp() {
        givenUp = true;
    }

    /** Ends the association at once. */
    void abort() {
        try {
            watchdog.abort(association);
        } catch (IOException e) {
            LOG.debug("{}: was not aborted", association, e);
        }
    }

    /** {@code true} if the peer has stopped answering: the association is of no use to anybody. */
    boolean isGivenUp() {
        return givenUp;
    }

    /**
     * Claims the Message ID of one more sub-operation; empty if none can be sent now.
     *
     * @param whenFree as {@link InvokeWindow#claim}
     */
    OptionalInt claim(Runnable whenFree) {
        return window.claim(whenFree);
    }

    /** The sub-operation with this Message ID was never sent. */
    void unclaim(int messageId) {
        window.release(messageId);
    }

    /** One C-STORE request. */
    record Request(int messageId, String sopInstanceUid, StoredObject object, int priority, String originatorAET,
                   int originatorMessageId) {
    }

    /** Is told, by another thread, how a sub-operation that was sent ended; possibly more than once, the first counts. */
    interface Ending {

        /** @param status Status (0000,0900) of the C-STORE response */
        void answered(int status);

        /** The association was lost before a response came, or there is a response that is none to a C-STORE. */
        void lost();
    }

    /**
     * Sends one object.
     *
     * @throws IOException the object cannot be converted, or the association is lost
     */
    void send(Request request, Ending ending) throws IOException, InterruptedException {
        String transferSyntax = select(request.object().transferSyntax(), transferSyntaxes);
        byte[] dataset = request.object().in(transferSyntax);
        DimseRSPHandler handler = new DimseRSPHandler(request.messageId()) {
            @Override
            public void onDimseRSP(Association as, Attributes command, Attributes data) {
                super.onDimseRSP(as, command, data);
                if (!isFinalStoreResponse(command)) {
                    ending.lost();
                    return;
                }
                // in this order: who takes the free place is to know already how this one ended
                ending.answered(command.getInt(Tag.Status, -1));
                window.release(request.messageId());
            }

            @Override
            public void onClose(Association as) {
                super.onClose(as);
                ending.lost();
            }
        };
        watchdog.watch(association, () -> {
            if (request.originatorAET() == null)
                association.cstore(UID.HangingProtocolStorage, request.sopInstanceUid(), request.priority(),
                        (out, syntax) -> out.write(dataset), transferSyntax, handler);
            else
                association.cstore(UID.HangingProtocolStorage, request.sopInstanceUid(), request.priority(),
                        request.originatorAET(), request.originatorMessageId(),
                        (out, syntax) -> out.write(dataset), transferSyntax, handler);
        });
    }

    /** After a Pending the toolkit waits for more, which for a C-STORE never comes. */
    private static boolean isFinalStoreResponse(Attributes command) {
        return command.getInt(Tag.CommandField, 0) == Dimse.C_STORE_RSP.commandField()
                && (command.getInt(Tag.Status, 0) & 0xFF00) != 0xFF00;
    }

    private static String select(String stored, Set<String> accepted) {
        if (accepted.contains(stored))
            return stored;
        if (accepted.contains(UID.ExplicitVRLittleEndian))
            return UID.ExplicitVRLittleEndian;
        if (accepted.contains(UID.ImplicitVRLittleEndian))
            return UID.ImplicitVRLittleEndian;
        return accepted.iterator().next();
    }
}

package org.hpqr.dimse;

import java.io.IOException;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.DimseRSPHandler;
import org.hpqr.dataset.StoredObject;

/**
 * An association that sub-operations are sent over: the requester's own for a C-GET, one to the move destination for a
 * C-MOVE. It knows how many may be under way at a time and sends one of them.
 */
final class StoreChannel {

    /** Sub-operations under way at a time where the peer sets no limit. */
    private static final int MAX_WINDOW = 16;

    private final Association association;
    private final SendWatch sendWatch;
    private final int takenMessageId;
    private int free;
    private boolean givenUp;

    /** @param takenMessageId Message ID in use by the peer's own request, or -1; no sub-operation gets it */
    StoreChannel(Association association, SendWatch sendWatch, int takenMessageId) {
        this.association = association;
        this.sendWatch = sendWatch;
        this.takenMessageId = takenMessageId;
        this.free = window(association);
    }

    /** The asynchronous operations window (PS3.7 D.3.3.3): what this side may invoke; 0 means no limit. */
    private static int window(Association association) {
        int negotiated = association.isRequestor()
                ? association.getAAssociateAC().getMaxOpsInvoked()
                : association.getAAssociateAC().getMaxOpsPerformed();
        return negotiated == 0 ? MAX_WINDOW : Math.min(negotiated, MAX_WINDOW);
    }

    Association association() {
        return association;
    }

    /** {@code true} if one more sub-operation may be sent now. */
    boolean isFree() {
        return free > 0 && isOpen();
    }

    /** {@code false} once the association is released, aborted, lost or given up. */
    boolean isOpen() {
        return !givenUp && association.isReadyForDataTransfer();
    }

    /** One more sub-operation is under way. */
    void reserve() {
        free--;
    }

    /** A sub-operation has ended. */
    void release() {
        free++;
    }

    /** Nothing more is sent: the peer has stopped answering. */
    void giveUp() {
        givenUp = true;
    }

    /** One C-STORE request. */
    record Request(String sopInstanceUid, StoredObject object, int priority, String originatorAET, int originatorMessageId) {
    }

    /** Is told, by another thread, how a sub-operation that was sent ended; possibly more than once, the first counts. */
    interface Ending {

        /** @param status Status (0000,0900) of the C-STORE response */
        void answered(int status);

        /** The association was lost before a response came. */
        void lost();
    }

    /** The peer has accepted no presentation context for the SOP class, or none in the role that is needed. */
    static final class NotAcceptedException extends Exception {
        private static final long serialVersionUID = 1L;

        NotAcceptedException(String message) {
            super(message);
        }
    }

    /**
     * Sends one object.
     *
     * @throws NotAcceptedException the peer cannot take the object; nothing was sent
     * @throws IOException          the object cannot be converted, or the association is lost
     */
    void send(Request request, Ending ending) throws IOException, InterruptedException, NotAcceptedException {
        if (!association.isSCUFor(UID.HangingProtocolStorage) && !association.isRequestor())
            throw new NotAcceptedException("the SCP role for Hanging Protocol Storage was not negotiated");
        Set<String> accepted = association.getTransferSyntaxesFor(UID.HangingProtocolStorage);
        if (accepted.isEmpty())
            throw new NotAcceptedException("no presentation context for Hanging Protocol Storage was accepted");
        String transferSyntax = select(request.object().transferSyntax(), accepted);
        byte[] dataset = request.object().in(transferSyntax);
        DimseRSPHandler handler = new DimseRSPHandler(nextMessageId()) {
            @Override
            public void onDimseRSP(Association as, Attributes command, Attributes data) {
                super.onDimseRSP(as, command, data);
                ending.answered(command.getInt(Tag.Status, -1));
            }

            @Override
            public void onClose(Association as) {
                super.onClose(as);
                ending.lost();
            }
        };
        sendWatch.watch(association, () -> {
            if (request.originatorAET() == null)
                association.cstore(UID.HangingProtocolStorage, request.sopInstanceUid(), request.priority(),
                        (out, syntax) -> out.write(dataset), transferSyntax, handler);
            else
                association.cstore(UID.HangingProtocolStorage, request.sopInstanceUid(), request.priority(),
                        request.originatorAET(), request.originatorMessageId(),
                        (out, syntax) -> out.write(dataset), transferSyntax, handler);
        });
    }

    private int nextMessageId() {
        int id = association.nextMessageID();
        while (id == takenMessageId)
            id = association.nextMessageID();
        return id;
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

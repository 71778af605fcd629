package org.hpqr.dimse;

import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.AbstractDicomService;
import org.dcm4che3.net.service.DicomServiceException;
import org.hpqr.model.SchemaMigration;
import org.hpqr.spi.AccessPolicy;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;

/**
 * What the four services have in common: the checks that precede every operation, in the order context, authorization,
 * Message ID, database, and what happens when an association is lost.
 */
abstract class HangingProtocolScp extends AbstractDicomService {

    private static final String OUTSTANDING = "org.hpqr.outstanding";

    private final String sopClass;
    private final Dimse operation;

    @Inject
    private AccessPolicy accessPolicy;

    @Inject
    private SendWatch sendWatch;

    @Inject
    private SchemaMigration schema;

    /**
     * @param sopClass  the one SOP class served
     * @param operation the one operation it has
     */
    HangingProtocolScp(String sopClass, Dimse operation) {
        super(sopClass);
        this.sopClass = sopClass;
        this.operation = operation;
    }

    /** For use outside a container. */
    void inject(AccessPolicy policy, SendWatch watch, SchemaMigration migration) {
        this.accessPolicy = policy;
        this.sendWatch = watch;
        this.schema = migration;
    }

    @Override
    public void onDimseRQ(Association as, PresentationContext pc, Dimse dimse, Attributes rq, PDVInputStream data)
            throws IOException {
        // A request whose operation this SOP class does not have is not ours to answer in our own way:
        // its response command is another one.
        if (dimse != operation)
            throw new DicomServiceException(HpStatus.UNRECOGNIZED_OPERATION.code(), "Operation not of this SOP class");
        Operation started = new Operation(as, pc, dimse, rq, outstanding(as), sendWatch);
        try {
            check(started);
            perform(started, data);
        } catch (HpFailure failure) {
            started.fail(failure);
        }
    }

    @Override
    protected void onDimseRQ(Association as, PresentationContext pc, Dimse dimse, Attributes cmd, Attributes data) {
        throw new UnsupportedOperationException("data sets are read by the operations themselves");
    }

    @Override
    public void onClose(Association as) {
        outstanding(as).values().forEach(Operation::peerIsGone);
    }

    /**
     * Performs the operation, or hands it to a task that does. It has passed the checks.
     *
     * @param data the data set, {@code null} if the request has none
     * @throws HpFailure   how the operation ends
     * @throws IOException the association is lost
     */
    abstract void perform(Operation started, PDVInputStream data) throws HpFailure, IOException;

    private void check(Operation started) throws HpFailure {
        Association association = started.association();
        PresentationContext requested = association.getAAssociateRQ().getPresentationContext(started.context().getPCID());
        if (requested == null || !sopClass.equals(requested.getAbstractSyntax()))
            throw new HpFailure(HpStatus.UNRECOGNIZED_OPERATION, "SOP class not that of the presentation context",
                    Tag.AffectedSOPClassUID);
        if (!started.request().containsValue(Tag.MessageID))
            throw new HpFailure(HpStatus.MISTYPED_ARGUMENT, "Message ID missing", Tag.MessageID);
        if (!accessPolicy.mayInvoke(association, operation))
            throw new HpFailure(HpStatus.NOT_AUTHORIZED, "Calling AE may not invoke this operation");
        if (!started.claimMessageId())
            throw new HpFailure(HpStatus.DUPLICATE_INVOCATION, "Message ID in use by an outstanding operation", Tag.MessageID);
        if (!schema.isReady())
            throw new HpFailure(unavailable(), "The database schema is not ready");
    }

    private HpStatus unavailable() {
        return operation == Dimse.C_MOVE_RQ || operation == Dimse.C_GET_RQ
                ? HpStatus.CANNOT_COUNT_MATCHES
                : HpStatus.OUT_OF_RESOURCES;
    }

    /** Called by the thread that reads the association, and only by that, as its properties are not synchronized. */
    @SuppressWarnings("unchecked")
    private static Map<Integer, Operation> outstanding(Association as) {
        Map<Integer, Operation> operations = (Map<Integer, Operation>) as.getProperty(OUTSTANDING);
        if (operations == null) {
            operations = new ConcurrentHashMap<>();
            as.setProperty(OUTSTANDING, operations);
        }
        return operations;
    }
}

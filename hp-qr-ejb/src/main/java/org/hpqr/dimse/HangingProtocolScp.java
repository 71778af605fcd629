package org.hpqr.dimse;

import java.io.IOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.AbstractDicomService;
import org.dcm4che3.net.service.DicomServiceException;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.dataset.DecodingLimits;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.Settings;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the four services have in common: the checks that precede every operation, in the order context, authorization,
 * Message ID; that every operation ends with a status; and what happens when an association is lost.
 */
abstract class HangingProtocolScp extends AbstractDicomService {

    private static final Logger LOG = LoggerFactory.getLogger(HangingProtocolScp.class);

    private final String sopClass;
    private final Dimse operation;

    private final ScpContext context;

    /** Once it is, it stays so: not every operation has to ask. */
    private volatile boolean schemaIsReady;

    /**
     * @param sopClass  the one SOP class served
     * @param operation the one operation it has
     * @param context   {@code null} in a proxy of the container
     */
    HangingProtocolScp(String sopClass, Dimse operation, ScpContext context) {
        super(sopClass);
        this.sopClass = sopClass;
        this.operation = operation;
        this.context = context;
    }

    @Override
    public void onDimseRQ(Association as, PresentationContext pc, Dimse dimse, Attributes rq, PDVInputStream data)
            throws IOException {
        // A request whose operation this SOP class does not have is not ours to answer in our own way:
        // its response command is another one.
        if (dimse != operation)
            throw new DicomServiceException(HpStatus.UNRECOGNIZED_OPERATION.code(), "Operation not of this SOP class");
        if (!MaximumLength.isUsable(as)) {
            LOG.warn("{}: aborted: {}", LogName.of(as), MaximumLength.reason(as));
            context.watchdog.abort(as);
            return;
        }
        AssociationOperations outstanding = AssociationOperations.of(as);
        context.activeOperations.add(outstanding);
        outstanding.enter();
        Operation started = new Operation(as, pc, dimse, rq, outstanding, context.watchdog, context.metrics,
                context.memory.share(), context.callerOn(as));
        try {
            check(started);
            perform(started, data);
        } catch (HpFailure failure) {
            started.fail(failure);
        } catch (RuntimeException e) {
            started.fail(new HpFailure(HpStatus.unforeseen(started.service()), "The operation failed", e));
        } catch (IOException e) {
            started.peerIsGone();
            throw e;
        } finally {
            started.leftByItsThread();
            outstanding.leave();
        }
    }

    @Override
    protected void onDimseRQ(Association as, PresentationContext pc, Dimse dimse, Attributes cmd, Attributes data) {
        throw new UnsupportedOperationException("data sets are read by the operations themselves");
    }

    @Override
    public void onClose(Association as) {
        AssociationOperations outstanding = AssociationOperations.of(as);
        outstanding.peerIsGone();
        context.activeOperations.remove(outstanding);
        // An Error has ended the thread that reads it: the toolkit closes an association after exceptions only.
        if (as.isReadyForDataTransfer())
            as.abort();
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
        // a move destination is not to store here over the association that was opened to send it something
        if (!association.isSCPFor(sopClass))
            throw new HpFailure(HpStatus.UNRECOGNIZED_OPERATION, "The SCP role was not negotiated", Tag.AffectedSOPClassUID);
        if (!started.request().containsValue(Tag.MessageID))
            throw new HpFailure(HpStatus.MISTYPED_ARGUMENT, "Message ID missing", Tag.MessageID);
        if (!context.accessPolicy.mayInvoke(association, operation))
            throw new HpFailure(HpStatus.NOT_AUTHORIZED, "Calling AE may not invoke this operation");
        if (!started.claimMessageId())
            throw new HpFailure(HpStatus.DUPLICATE_INVOCATION, "Message ID in use by an outstanding operation", Tag.MessageID);
    }

    /**
     * Called by an operation when it is about to turn to the database.
     *
     * @param unavailable the status for a lack of resources at this point
     * @throws HpFailure that status: the tables are not (yet) those of this version
     */
    void requireSchema(HpStatus unavailable) throws HpFailure {
        if (schemaIsReady)
            return;
        if (!context.schema.isReady())
            throw new HpFailure(unavailable, "The database schema is not ready");
        schemaIsReady = true;
    }

    /** {@code true} once {@link #requireSchema} has found it so. */
    boolean hasFoundSchemaReady() {
        return schemaIsReady;
    }

    /**
     * Reads the identifier of a query or retrieve.
     *
     * @param unreadable the status for none
     */
    static byte[] readIdentifier(Operation operation, PDVInputStream data, Settings settings, HpStatus unreadable)
            throws HpFailure, IOException {
        if (data == null)
            throw new HpFailure(unreadable, "The request has no identifier");
        return operation.receive(data, "identifier", settings.get(HpSettings.MAX_IDENTIFIER_SIZE, operation.calledAET()));
    }

    /** Makes of the attributes of an identifier what they ask for. */
    @FunctionalInterface
    interface IdentifierParser<T> {
        T parse(Attributes identifier) throws HpFailure;
    }

    /**
     * Decodes and parses an identifier.
     *
     * @throws HpFailure {@code unreadable}: it is no data set, or the parser met something that nothing has foreseen; what
     *                   the parser throws
     */
    static <T> T parseIdentifier(Operation operation, byte[] encoded, Settings settings, HpStatus unreadable,
                                 IdentifierParser<T> parser) throws HpFailure {
        Attributes identifier;
        try {
            identifier = DatasetCodec.decode(encoded, operation.context().getTransferSyntax(),
                    DecodingLimits.of(settings, operation.calledAET()));
        } catch (IOException e) {
            throw new HpFailure(unreadable, "The identifier cannot be parsed", e);
        }
        try {
            return parser.parse(identifier);
        } catch (RuntimeException e) {
            throw new HpFailure(unreadable, "The identifier cannot be understood", e);
        }
    }
}

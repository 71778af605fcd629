package org.hpqr.standalone.commitment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Commands;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.Status;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.AbstractDicomService;
import org.dcm4che3.net.service.DicomService;
import org.dcm4che3.net.service.DicomServiceException;
import org.hpqr.commitment.CommitmentRequest;
import org.hpqr.commitment.StorageCommitment;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.dataset.DecodingLimits;
import org.hpqr.dataset.MalformedDatasetException;
import org.hpqr.dataset.ReceivedBytes;
import org.hpqr.dimse.PeerWatchdog;
import org.hpqr.spi.AccessPolicy;
import org.hpqr.spi.AeDirectory;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * N-ACTION of the Storage Commitment Push Model SOP class (PS3.4 J.3.2). The request is answered at once; what became of the
 * objects follows in a {@link CommitmentReport}.
 */
@ApplicationScoped
@Typed(DicomService.class)
public class StorageCommitmentScp extends AbstractDicomService {

    /** The well-known instance (PS3.4 J.3.5). */
    static final String INSTANCE = "1.2.840.10008.1.20.1.1";

    /** Requests that are worked on at a time; each may read many objects. */
    static final int MAX_REQUESTS = 4;

    private static final Logger LOG = LoggerFactory.getLogger("org.hpqr.operation");
    private static final int REQUEST_COMMITMENT = 1;

    private final Semaphore free = new Semaphore(MAX_REQUESTS);
    private StorageCommitment commitment;
    private Settings settings;
    private AccessPolicy accessPolicy;
    private AeDirectory directory;
    private PeerWatchdog watchdog;

    /** For the container. */
    public StorageCommitmentScp() {
        super(StorageCommitment.SOP_CLASS);
    }

    @Inject
    public StorageCommitmentScp(StorageCommitment commitment, Settings settings, AccessPolicy accessPolicy, AeDirectory directory,
                                PeerWatchdog watchdog) {
        this();
        this.commitment = commitment;
        this.settings = settings;
        this.accessPolicy = accessPolicy;
        this.directory = directory;
        this.watchdog = watchdog;
    }

    @Override
    public void onDimseRQ(Association as, PresentationContext pc, Dimse dimse, Attributes rq, PDVInputStream data)
            throws IOException {
        if (dimse != Dimse.N_ACTION_RQ)
            throw new DicomServiceException(Status.UnrecognizedOperation, "Operation not of this SOP class");
        if (!free.tryAcquire())
            throw refused(as, rq, Status.ResourceLimitation, "Too many requests for commitment at a time");
        boolean handedOver = false;
        try {
            CommitmentRequest request = request(as, pc, rq, data);
            as.writeDimseRSP(pc, Commands.mkNActionRSP(rq, Status.Success), null);
            LOG.info("{}: COMMIT {} 0000H {} references", as, rq.getInt(Tag.MessageID, 0), request.references().size());
            as.getDevice().execute(() -> report(as, request));
            handedOver = true;
        } catch (RejectedExecutionException e) {
            LOG.warn("{}: no thread is free for the storage commitment", as);
        } finally {
            if (!handedOver)
                free.release();
        }
    }

    @Override
    protected void onDimseRQ(Association as, PresentationContext pc, Dimse dimse, Attributes cmd, Attributes data) {
        throw new UnsupportedOperationException("the data set is read above");
    }

    private CommitmentRequest request(Association as, PresentationContext pc, Attributes rq, PDVInputStream data)
            throws IOException {
        if (!INSTANCE.equals(rq.getString(Tag.RequestedSOPInstanceUID)))
            throw refused(as, rq, Status.NoSuchObjectInstance, "Not the instance of storage commitment");
        int action = rq.getInt(Tag.ActionTypeID, 0);
        if (action != REQUEST_COMMITMENT)
            throw refused(as, rq, Status.NoSuchActionType, "No such action").setActionTypeID(action);
        // who may store may ask whether it is stored
        if (!accessPolicy.mayInvoke(as, Dimse.C_STORE_RQ))
            throw refused(as, rq, Status.NotAuthorized, "Calling AE may not ask for commitment");
        if (data == null)
            throw refused(as, rq, Status.InvalidArgumentValue, "Action Information missing");
        try {
            byte[] bytes = watchdog.watchReading(as, () -> read(as, rq, data));
            return CommitmentRequest.of(DatasetCodec.decode(bytes, pc.getTransferSyntax(),
                    DecodingLimits.of(settings, as.getCalledAET())));
        } catch (MalformedDatasetException e) {
            throw refused(as, rq, Status.InvalidArgumentValue, "The Action Information cannot be parsed");
        } catch (IllegalArgumentException e) {
            throw refused(as, rq, Status.InvalidArgumentValue, e.getMessage());
        }
    }

    private byte[] read(Association as, Attributes rq, PDVInputStream data) throws IOException {
        try {
            return ReceivedBytes.read(data, settings.get(HpSettings.MAX_IDENTIFIER_SIZE, as.getCalledAET()), more -> true);
        } catch (ReceivedBytes.TooLargeException | ReceivedBytes.NoMemoryException e) {
            throw refused(as, rq, Status.ResourceLimitation, "The Action Information is too large");
        }
    }

    private static DicomServiceException refused(Association as, Attributes rq, int status, String comment) {
        LOG.info("{}: COMMIT {} {}H {}", as, rq.getInt(Tag.MessageID, 0), String.format("%04X", status), comment);
        return new DicomServiceException(status, comment);
    }

    private void report(Association as, CommitmentRequest request) {
        try {
            new CommitmentReport(as, directory, settings, watchdog).send(commitment.commit(request));
        } catch (RuntimeException e) {
            LOG.error("{}: the commitment of transaction {} failed", as, request.transactionUid(), e);
        } finally {
            free.release();
        }
    }
}

package org.hpqr.standalone.commitment;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.DimseRSPHandler;
import org.dcm4che3.net.IncompatibleConnectionException;
import org.dcm4che3.net.Status;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.pdu.RoleSelection;
import org.hpqr.commitment.CommitmentResult;
import org.hpqr.commitment.StorageCommitment;
import org.hpqr.dimse.PeerWatchdog;
import org.hpqr.spi.AeDirectory;
import org.hpqr.spi.DirectoryUnavailableException;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * N-EVENT-REPORT of the Storage Commitment Push Model SOP class (PS3.4 J.3.3): on the association of the request as long as that
 * is open, else on a new one to the AE title that has asked, if its address is known.
 */
final class CommitmentReport {

    private static final Logger LOG = LoggerFactory.getLogger("org.hpqr.operation");

    private final Association requester;
    private final AeDirectory directory;
    private final PeerWatchdog watchdog;
    private final long responseSeconds;

    CommitmentReport(Association requester, AeDirectory directory, Settings settings, PeerWatchdog watchdog) {
        this.requester = requester;
        this.directory = directory;
        this.watchdog = watchdog;
        this.responseSeconds = settings.get(HpSettings.STORE_RESPONSE_TIMEOUT, requester.getCalledAET());
    }

    void send(CommitmentResult result) {
        String outcome = result.committed().size() + " committed " + result.failed().size() + " failed";
        if (isSent(result) || isSentAnew(result))
            LOG.info("{}: COMMIT-REPORT 0000H {}", requester, outcome);
        else
            LOG.warn("{}: the commitment of transaction {} ({}) could not be reported", requester, result.transactionUid(), outcome);
    }

    private boolean isSent(CommitmentResult result) {
        return requester.isReadyForDataTransfer() && isTaken(requester, result);
    }

    private boolean isSentAnew(CommitmentResult result) {
        try {
            Optional<ApplicationEntity> destination = directory.find(requester.getCallingAET());
            if (destination.isEmpty()) {
                LOG.warn("{}: the association has ended, and {} is not a move destination", requester,
                        requester.getCallingAET());
                return false;
            }
            ApplicationEntity local = requester.getApplicationEntity();
            Association association = local.connect(destination.get(), request());
            try {
                return isTaken(association, result);
            } finally {
                if (association.isReadyForDataTransfer())
                    watchdog.release(association);
            }
        } catch (DirectoryUnavailableException | IOException | IncompatibleConnectionException | GeneralSecurityException e) {
            LOG.warn("{}: cannot connect to {}: {}", requester, requester.getCallingAET(), e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private AAssociateRQ request() {
        AAssociateRQ request = new AAssociateRQ();
        request.setCallingAET(requester.getCalledAET());
        request.addPresentationContext(new PresentationContext(1, StorageCommitment.SOP_CLASS, UID.ExplicitVRLittleEndian,
                UID.ImplicitVRLittleEndian));
        // who requests the association is the SCP (PS3.4 J.3.3)
        request.addRoleSelection(new RoleSelection(StorageCommitment.SOP_CLASS, false, true));
        return request;
    }

    private boolean isTaken(Association association, CommitmentResult result) {
        CompletableFuture<Integer> status = new CompletableFuture<>();
        DimseRSPHandler answer = new DimseRSPHandler(association.nextMessageID()) {
            @Override
            public void onDimseRSP(Association as, Attributes command, Attributes data) {
                super.onDimseRSP(as, command, data);
                status.complete(command.getInt(Tag.Status, -1));
            }

            @Override
            public void onClose(Association as) {
                super.onClose(as);
                status.completeExceptionally(new IOException("the association was closed"));
            }
        };
        try {
            association.neventReport(StorageCommitment.SOP_CLASS, StorageCommitmentScp.INSTANCE, result.eventType(),
                    result.eventInformation(), null, answer);
            int answered = status.get(responseSeconds, TimeUnit.SECONDS);
            if (answered == Status.Success)
                return true;
            LOG.warn("{}: the report was answered {}H", association, String.format("%04X", answered));
        } catch (TimeoutException e) {
            LOG.warn("{}: aborted, as the report was not answered (store-response-timeout)", association);
            abort(association);
        } catch (IOException | ExecutionException e) {
            LOG.info("{}: the report was not answered: {}", association, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /** As long as a response is outstanding, nothing else can be invoked on an association, and no time limit ends it. */
    private void abort(Association association) {
        try {
            watchdog.abort(association);
        } catch (IOException e) {
            LOG.debug("{}: was not aborted", association, e);
        }
    }
}

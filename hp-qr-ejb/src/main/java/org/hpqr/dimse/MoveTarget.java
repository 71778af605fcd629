package org.hpqr.dimse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The move destination of one C-MOVE and the associations to it. Threads of their own open them, as the server may have set
 * no time limit for that.
 */
final class MoveTarget implements RetrieveScp.Target {

    private static final Logger LOG = LoggerFactory.getLogger(MoveTarget.class);
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Operation operation;
    private final ApplicationEntity destination;
    private final String title;
    private final PeerWatchdog watchdog;
    private final int maxAssociations;
    private final List<Association> opened = new ArrayList<>();
    private AAssociateRQ requested;
    /** Set when the thread that opens the association last asked for has ended, whether that is still wanted or not. */
    private AtomicBoolean connected;

    MoveTarget(Operation operation, ApplicationEntity destination, String title, PeerWatchdog watchdog, int maxAssociations) {
        this.operation = operation;
        this.destination = destination;
        this.title = title;
        this.watchdog = watchdog;
        this.maxAssociations = maxAssociations;
    }

    @Override
    public String destination() {
        return title;
    }

    @Override
    public String originatorAET() {
        return operation.association().getCallingAET();
    }

    @Override
    public int maxChannels() {
        return maxAssociations;
    }

    @Override
    public void open(Set<String> transferSyntaxes, RetrieveScp.Opening opening) {
        ApplicationEntity local = operation.association().getApplicationEntity();
        AAssociateRQ request = request(local, transferSyntaxes);
        AtomicBoolean ended = new AtomicBoolean();
        synchronized (this) {
            requested = request;
            connected = ended;
        }
        try {
            ThreadWait.execute(() -> local.getDevice().execute(() -> {
                connect(local, request, opening);
                ended.set(true);
            }));
        } catch (RejectedExecutionException e) {
            ended.set(true);
            opening.refused(new IOException("no thread is free to connect", e));
        }
    }

    private void connect(ApplicationEntity local, AAssociateRQ request, RetrieveScp.Opening opening) {
        try {
            Association association = local.connect(destination, request);
            if (keep(association))
                opening.opened(new StoreChannel(association, new InvokeWindow(association, id -> false), watchdog));
            else
                watchdog.abort(association);
        } catch (Exception e) {
            opening.refused(e);
        }
    }

    private synchronized boolean keep(Association association) {
        if (requested == null)
            return false;
        requested = null;
        opened.add(association);
        return true;
    }

    @Override
    public void stopOpening() {
        AAssociateRQ unanswered;
        AtomicBoolean ended;
        synchronized (this) {
            unanswered = requested;
            ended = connected;
            requested = null;
        }
        if (unanswered == null || closeSocketOf(unanswered))
            return;
        // the toolkit tells nobody of the socket before the request is on its way
        Device device = operation.association().getDevice();
        try {
            device.execute(() -> {
                while (!ended.get() && !closeSocketOf(unanswered))
                    LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("{}: {} is left to answer in its time", operation.logName(), title, e);
        }
    }

    private boolean closeSocketOf(AAssociateRQ request) {
        for (Association association : operation.association().getDevice().listOpenAssociations())
            if (association.getAAssociateRQ() == request) {
                closeSocket(association);
                return true;
            }
        return false;
    }

    @Override
    public void close() {
        stopOpening();
        for (Association association : openedSoFar()) {
            try {
                if (association.isReadyForDataTransfer())
                    watchdog.release(association);
            } catch (IOException e) {
                LOG.debug("{}: {} was not released", operation.logName(), association, e);
            }
        }
    }

    private synchronized List<Association> openedSoFar() {
        return List.copyOf(opened);
    }

    private void closeSocket(Association association) {
        try {
            association.getSocket().close();
        } catch (IOException e) {
            LOG.debug("{}: closing the socket of {} failed", operation.logName(), association, e);
        }
    }

    /** One presentation context for each transfer syntax, so that the destination can accept all of them. */
    private AAssociateRQ request(ApplicationEntity local, Set<String> storedTransferSyntaxes) {
        Set<String> transferSyntaxes = new LinkedHashSet<>();
        transferSyntaxes.add(UID.ExplicitVRLittleEndian);
        transferSyntaxes.add(UID.ImplicitVRLittleEndian);
        transferSyntaxes.addAll(storedTransferSyntaxes);
        // connect() sets the called AE title, as the server's configuration of the local AE may give it another one
        AAssociateRQ request = new AAssociateRQ();
        if (!local.isMasqueradeCallingAETitle(title))
            request.setCallingAET(operation.calledAET());
        int id = 1;
        for (String transferSyntax : transferSyntaxes) {
            request.addPresentationContext(new PresentationContext(id, UID.HangingProtocolStorage, transferSyntax));
            id += 2;
        }
        return request;
    }
}

package org.hpqr.dimse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.hpqr.model.StoredInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The move destination of one C-MOVE and the associations to it. */
final class MoveTarget implements RetrieveScp.Target {

    private static final Logger LOG = LoggerFactory.getLogger(MoveTarget.class);

    private final Operation operation;
    private final ApplicationEntity destination;
    private final String title;
    private final SendWatch sendWatch;
    private final int connectTimeoutSeconds;
    private final int maxAssociations;
    private final List<Association> opened = new ArrayList<>();

    MoveTarget(Operation operation, ApplicationEntity destination, String title, SendWatch sendWatch,
               int connectTimeoutSeconds, int maxAssociations) {
        this.operation = operation;
        this.destination = destination;
        this.title = title;
        this.sendWatch = sendWatch;
        this.connectTimeoutSeconds = connectTimeoutSeconds;
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
    public List<StoreChannel> open(List<StoredInstance> instances) throws IOException, InterruptedException {
        opened.add(connect(instances));
        while (opened.size() < Math.min(maxAssociations, instances.size())) {
            try {
                opened.add(connect(instances));
            } catch (IOException e) {
                LOG.info("{}: {} takes {} associations, not {}", operation.association(), title, opened.size(),
                        maxAssociations);
                break;
            }
        }
        return opened.stream().map(association -> new StoreChannel(association, sendWatch, -1)).toList();
    }

    @Override
    public void close() {
        for (Association association : opened) {
            try {
                if (association.isReadyForDataTransfer())
                    association.release();
            } catch (IOException e) {
                LOG.debug("{}: {} was not released", operation.association(), association, e);
            }
        }
    }

    /**
     * The home may have set no time limit for connecting: another thread connects, and this one waits for a bounded time.
     */
    private Association connect(List<StoredInstance> instances) throws IOException, InterruptedException {
        CompletableFuture<Association> connecting = new CompletableFuture<>();
        ApplicationEntity local = operation.association().getApplicationEntity();
        AAssociateRQ request = request(local, instances);
        local.getDevice().execute(() -> {
            try {
                Association association = local.connect(destination, request);
                if (!connecting.complete(association))
                    association.abort();
            } catch (Exception e) {
                connecting.completeExceptionally(e);
            }
        });
        try {
            return connecting.get(connectTimeoutSeconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(title + " accepts no association: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            if (connecting.cancel(false))
                throw new IOException(title + " accepts no association within " + connectTimeoutSeconds + " s", e);
            return connecting.join();
        }
    }

    /** One presentation context for each transfer syntax, so that the destination can accept all of them. */
    private AAssociateRQ request(ApplicationEntity local, List<StoredInstance> instances) {
        Set<String> transferSyntaxes = new LinkedHashSet<>();
        transferSyntaxes.add(UID.ExplicitVRLittleEndian);
        transferSyntaxes.add(UID.ImplicitVRLittleEndian);
        instances.forEach(instance -> transferSyntaxes.add(instance.transferSyntax()));
        // connect() sets the called AE title, as the home's configuration of the local AE may give it another one
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

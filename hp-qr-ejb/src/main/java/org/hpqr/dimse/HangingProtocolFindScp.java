package org.hpqr.dimse;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.service.DicomService;
import org.hpqr.query.FindIdentifier;
import org.hpqr.service.Admission;
import org.hpqr.service.HangingProtocolService;
import org.hpqr.service.RecentFinds;
import org.hpqr.service.RecentFinds.RecentFind;
import org.hpqr.spi.AuditTrail;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.Settings;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpService;
import org.hpqr.status.HpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** C-FIND of Hanging Protocol Information Model - FIND (PS3.4 U.4.1, K.4.1). */
@ApplicationScoped
@Typed(DicomService.class)
public class HangingProtocolFindScp extends HangingProtocolScp {

    private static final Logger LOG = LoggerFactory.getLogger(HangingProtocolFindScp.class);

    private final HangingProtocolService service;
    private final Settings settings;
    private final AuditTrail audit;
    private final Admission admission;
    private final RecentFinds recentFinds;

    /** For the container. */
    public HangingProtocolFindScp() {
        this(null, null, null, null, null, null);
    }

    @Inject
    HangingProtocolFindScp(ScpContext context, HangingProtocolService service, Settings settings, AuditTrail audit, Admission admission,
                           RecentFinds recentFinds) {
        super(UID.HangingProtocolInformationModelFind, Dimse.C_FIND_RQ, context);
        this.service = service;
        this.settings = settings;
        this.audit = audit;
        this.admission = admission;
        this.recentFinds = recentFinds;
    }

    @Override
    void perform(Operation operation, PDVInputStream data) throws HpFailure, IOException {
        String calledAET = operation.calledAET();
        String transferSyntax = operation.context().getTransferSyntax();
        requireSchema(HpStatus.OUT_OF_RESOURCES);
        operation.onAudit(outcome -> audit.queried(operation.association(), null, transferSyntax, 0, outcome));
        byte[] encoded = readIdentifier(operation, data, settings, HpStatus.FIND_IDENTIFIER_UNREADABLE);
        operation.onAudit(outcome -> queried(operation, encoded, 0, outcome));
        FindIdentifier identifier = parseIdentifier(operation, encoded, settings, HpStatus.FIND_IDENTIFIER_UNREADABLE,
                keys -> FindIdentifier.of(keys, settings.get(HpSettings.UNKNOWN_VALUES, calledAET),
                        settings.get(HpSettings.MAX_KEYS, calledAET)));
        FindTask task = new FindTask(operation, identifier, service, settings);
        operation.onAudit(outcome -> queried(operation, encoded, task.matches(), outcome));
        start(task);
    }

    private void queried(Operation operation, byte[] identifier, int matches, HpStatus outcome) {
        String transferSyntax = operation.context().getTransferSyntax();
        recentFinds.add(new RecentFind(Instant.now(), operation.calledAET(), operation.association().getCallingAET(), identifier,
                transferSyntax, matches, outcome));
        audit.queried(operation.association(), identifier, transferSyntax, matches, outcome);
    }

    private void start(FindTask task) throws HpFailure {
        Operation operation = task.operation();
        if (operation.outstanding().isCrowded() || !admission.enter(operation.calledAET(), HpService.FIND,
                settings.get(HpSettings.MAX_CONCURRENT_FINDS, operation.calledAET())))
            throw new HpFailure(HpStatus.OUT_OF_RESOURCES, "Too many C-FIND operations under way");
        operation.onOver(() -> admission.leave(operation.calledAET(), HpService.FIND));
        task.begin();
        operation.onCancel(task);
        operation.onPeerGone(task::stop);
        if (task.isSmall()) {
            operation.holdResponses();
            task.run();
            return;
        }
        try {
            operation.execute(task);
        } catch (RejectedExecutionException e) {
            // to wait for one would be to wait for ever if all threads of the device read associations
            LOG.debug("{}: no thread is free; the thread of the association runs the C-FIND", operation.logName(), e);
            task.run();
        }
    }
}

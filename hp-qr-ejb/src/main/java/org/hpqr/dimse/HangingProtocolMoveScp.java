package org.hpqr.dimse;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Dimse;
import org.hpqr.dataset.WholeValue;
import org.dcm4che3.net.service.DicomService;
import org.hpqr.service.Admission;
import org.hpqr.service.HangingProtocolService;
import org.hpqr.spi.AccessPolicy;
import org.hpqr.spi.AeDirectory;
import org.hpqr.spi.AuditTrail;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.Settings;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;

/** C-MOVE of Hanging Protocol Information Model - MOVE (PS3.4 U.4.2): sub-operations on associations of their own. */
@ApplicationScoped
@Typed(DicomService.class)
public class HangingProtocolMoveScp extends RetrieveScp {

    private static final Failures FAILURES = new Failures(HpStatus.MOVE_IDENTIFIER_UNREADABLE, HpStatus.MOVE_FAILED,
            HpStatus.MOVE_COUNT_NOT_ESTABLISHED, HpStatus.MOVE_TOO_MANY_MATCHES);

    private final AeDirectory directory;
    private final AccessPolicy accessPolicy;
    private final PeerWatchdog watchdog;

    /** For the container. */
    public HangingProtocolMoveScp() {
        this(null, null, null, null, null, null, null, null);
    }

    @Inject
    HangingProtocolMoveScp(ScpContext context, HangingProtocolService service, Settings settings, AuditTrail audit,
                           Admission admission, AeDirectory directory, AccessPolicy accessPolicy, PeerWatchdog watchdog) {
        super(UID.HangingProtocolInformationModelMove, Dimse.C_MOVE_RQ, FAILURES, context, service, settings, audit, admission);
        this.directory = directory;
        this.accessPolicy = accessPolicy;
        this.watchdog = watchdog;
    }

    @Override
    Target target(Operation operation) throws HpFailure {
        String title = WholeValue.of(operation.request(), Tag.MoveDestination);
        return new MoveTarget(operation,
                MoveDestination.resolve(operation.association(), title, directory, accessPolicy), title.strip(), watchdog,
                settings().get(HpSettings.STORE_ASSOCIATIONS, operation.calledAET()));
    }
}

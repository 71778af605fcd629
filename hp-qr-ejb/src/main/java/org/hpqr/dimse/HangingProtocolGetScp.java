package org.hpqr.dimse;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Set;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.service.DicomService;
import org.hpqr.service.Admission;
import org.hpqr.service.HangingProtocolService;
import org.hpqr.spi.AuditTrail;
import org.hpqr.spi.Settings;
import org.hpqr.status.HpStatus;

/** C-GET of Hanging Protocol Information Model - GET (PS3.4 U.4.3): sub-operations on the requester's association. */
@ApplicationScoped
@Typed(DicomService.class)
public class HangingProtocolGetScp extends RetrieveScp {

    private static final Failures FAILURES = new Failures(HpStatus.GET_IDENTIFIER_UNREADABLE, HpStatus.GET_FAILED,
            HpStatus.GET_COUNT_NOT_ESTABLISHED, HpStatus.GET_TOO_MANY_MATCHES);

    private final PeerWatchdog watchdog;

    /** For the container. */
    public HangingProtocolGetScp() {
        this(null, null, null, null, null, null);
    }

    @Inject
    HangingProtocolGetScp(ScpContext context, HangingProtocolService service, Settings settings, AuditTrail audit,
                          Admission admission, PeerWatchdog watchdog) {
        super(UID.HangingProtocolInformationModelGet, Dimse.C_GET_RQ, FAILURES, context, service, settings, audit, admission);
        this.watchdog = watchdog;
    }

    @Override
    Target target(Operation operation) {
        return new RequesterTarget(operation, watchdog);
    }

    /** The requester's own association. */
    private static final class RequesterTarget implements Target {

        private final Operation operation;
        private final PeerWatchdog watchdog;
        private StoreChannel channel;

        private RequesterTarget(Operation operation, PeerWatchdog watchdog) {
            this.operation = operation;
            this.watchdog = watchdog;
        }

        @Override
        public String destination() {
            return null;
        }

        @Override
        public String originatorAET() {
            return null;
        }

        @Override
        public int maxChannels() {
            return 1;
        }

        @Override
        public void open(Set<String> transferSyntaxes, Opening opening) {
            try {
                channel = new StoreChannel(operation.association(), operation.outstanding().window(), watchdog);
                opening.opened(channel);
            } catch (IOException e) {
                opening.refused(e);
            }
        }

        @Override
        public void stopOpening() {
            // the association is there or is lost
        }

        /** A requester that has left a sub-operation without a response leaves no way to invoke more of them. */
        @Override
        public void close() {
            if (channel != null && channel.isGivenUp())
                channel.abort();
        }
    }
}

package org.hpqr.arc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.dcm4che3.data.UID;
import org.hpqr.arc.AuditEvent.Kind;
import org.hpqr.arc.AuditEvent.Party;
import org.hpqr.spi.WebAudit;
import org.hpqr.status.HpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done over HTTP, told to the archive's audit loggers as {@link ArchiveAuditTrail} tells what is done over DIMSE. */
@ApplicationScoped
public class ArchiveWebAudit implements WebAudit {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveWebAudit.class);

    private AuditOutbox outbox;

    /** For the container. */
    ArchiveWebAudit() {
    }

    @Inject
    ArchiveWebAudit(AuditOutbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public void stored(Requestor requestor, String sopInstanceUid, boolean replaced, HpStatus outcome) {
        add(requestor, replaced ? Kind.STORED_AGAIN : Kind.STORED_NEW, sopInstanceUid, null, outcome);
    }

    @Override
    public void queried(Requestor requestor, String query, long matches, HpStatus outcome) {
        add(requestor, Kind.QUERIED, null, new AuditEvent.Query(query == null ? null : query.getBytes(StandardCharsets.UTF_8), null,
                matches), outcome);
    }

    @Override
    public void retrieved(Requestor requestor, String sopInstanceUid, HpStatus outcome) {
        add(requestor, Kind.RETRIEVED, sopInstanceUid, null, outcome);
    }

    @Override
    public void changed(Requestor requestor, Change change, String sopInstanceUid, HpStatus outcome) {
        add(requestor, switch (change) {
            case RETIRED -> Kind.RETIRED;
            case RESTORED -> Kind.RESTORED;
            case DELETED -> Kind.DELETED;
        }, sopInstanceUid, null, outcome);
    }

    private void add(Requestor requestor, Kind kind, String sopInstanceUid, AuditEvent.Query query, HpStatus outcome) {
        try {
            if (outbox.isWanted())
                outbox.add(new AuditEvent(kind, System.currentTimeMillis(), Party.requestorOf(requestor), requestor.calledAET(), null,
                        query == null ? UID.HangingProtocolStorage : UID.HangingProtocolInformationModelFind,
                        sopInstanceUid == null ? Set.of() : Set.of(sopInstanceUid), query, outcome));
        } catch (RuntimeException e) {
            LOG.warn("{}: {} is missing in the audit trail", requestor.address(), kind, e);
        }
    }
}

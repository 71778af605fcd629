package org.hpqr.arc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import org.dcm4che3.conf.api.ConfigurationException;
import org.dcm4che3.conf.api.IApplicationEntityCache;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.hpqr.arc.AuditEvent.Kind;
import org.hpqr.arc.AuditEvent.Party;
import org.hpqr.dimse.LogName;
import org.hpqr.spi.AuditTrail;
import org.hpqr.status.HpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit of the archive: its audit loggers, hence its audit record repositories and its rules of suppression.
 *
 * <p>The archive's own events (of a study stored, queried, retrieved) are not used: its rules for export, availability
 * notification and the like listen to them too, and they are about patients and studies.
 */
@ApplicationScoped
public class ArchiveAuditTrail implements AuditTrail {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveAuditTrail.class);

    private AuditOutbox outbox;
    private IApplicationEntityCache cache;

    /** For the container. */
    ArchiveAuditTrail() {
    }

    @Inject
    ArchiveAuditTrail(AuditOutbox outbox, IApplicationEntityCache cache) {
        this.outbox = outbox;
        this.cache = cache;
    }

    @Override
    public void stored(Association association, String sopInstanceUid, boolean replaced, HpStatus outcome) {
        add(association, replaced ? Kind.STORED_AGAIN : Kind.STORED_NEW, null, UID.HangingProtocolStorage,
                sopInstanceUid == null ? Set.of() : Set.of(sopInstanceUid), null, outcome);
    }

    @Override
    public void queried(Association association, byte[] identifier, String transferSyntax, int matches, HpStatus outcome) {
        add(association, Kind.QUERIED, null, UID.HangingProtocolInformationModelFind, Set.of(),
                new AuditEvent.Query(identifier, transferSyntax, matches), outcome);
    }

    @Override
    public void retrieveBegun(Association association, String destination, List<String> sopInstanceUids) {
        add(association, Kind.RETRIEVE_BEGUN, destination, UID.HangingProtocolStorage, Set.copyOf(sopInstanceUids), null, null);
    }

    /** What was sent and what failed are two messages, as in the archive: a message has one outcome. */
    @Override
    public void retrieveEnded(Association association, String destination, List<String> sent, List<String> failed,
                              HpStatus outcome) {
        if (!sent.isEmpty() || failed.isEmpty() && outcome == HpStatus.SUCCESS)
            add(association, Kind.RETRIEVED, destination, UID.HangingProtocolStorage, Set.copyOf(sent), null, HpStatus.SUCCESS);
        if (!failed.isEmpty() || sent.isEmpty() && outcome != HpStatus.SUCCESS)
            add(association, Kind.RETRIEVED, destination, UID.HangingProtocolStorage, Set.copyOf(failed), null, outcome);
    }

    private void add(Association association, Kind kind, String destination, String sopClassUid, Set<String> instanceUids,
                     AuditEvent.Query query, HpStatus outcome) {
        try {
            if (outbox.isWanted())
                outbox.add(new AuditEvent(kind, System.currentTimeMillis(), Party.requestorOf(association),
                        association.getCalledAET(), destination == null ? null : Party.ofAE(destination, hostOf(destination)),
                        sopClassUid, instanceUids, query, outcome));
        } catch (RuntimeException e) {
            LOG.warn("{}: {} is missing from the audit trail", LogName.of(association), kind, e);
        }
    }

    private String hostOf(String aeTitle) {
        try {
            ApplicationEntity ae = cache.get(aeTitle);
            return ae == null || ae.getConnections().isEmpty() ? null : ae.getConnections().get(0).getHostname();
        } catch (ConfigurationException e) {
            LOG.debug("The host of {} is not known", aeTitle, e);
            return null;
        }
    }
}

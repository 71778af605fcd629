package org.hpqr.arc;

import jakarta.enterprise.context.ApplicationScoped;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Dimse;
import org.dcm4chee.arc.conf.ArchiveAEExtension;
import org.hpqr.spi.AccessPolicy;

/**
 * The archive's own rules. Which calling AE titles are accepted (Accepted Calling AE Title), from which hosts, and which
 * users (User Identity Negotiation and its role) the archive decides when it accepts the association, before any service
 * is asked; its Accepted User Role concerns web services only. What remains are the move destinations.
 */
@ApplicationScoped
public class ArchiveAccessPolicy implements AccessPolicy {

    /** Everything, on an AE of the archive; an AE of the device that is not one serves nothing. */
    @Override
    public boolean mayInvoke(Association association, Dimse operation) {
        return archiveAE(association) != null;
    }

    /** Accepted Move Destination of the called AE; if it names none, every destination is accepted. */
    @Override
    public boolean mayMoveTo(Association association, String destination) {
        ArchiveAEExtension ae = archiveAE(association);
        return ae != null && ae.isAcceptedMoveDestination(destination);
    }

    private static ArchiveAEExtension archiveAE(Association association) {
        return association.getApplicationEntity().getAEExtension(ArchiveAEExtension.class);
    }
}

package org.hpqr.dimse;

import java.util.Optional;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.IncompatibleConnectionException;
import org.hpqr.spi.AccessPolicy;
import org.hpqr.spi.AeDirectory;
import org.hpqr.spi.DirectoryUnavailableException;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;

/** Finds out where a move goes to (PS3.4 C.4.2). */
final class MoveDestination {

    private static final int MAX_PORT = 65_535;

    private MoveDestination() {
    }

    /**
     * Resolves the Move Destination (0000,0600).
     *
     * @param requester association of the C-MOVE request
     * @param aeTitle   value of the request; {@code null} if there is none
     * @throws HpFailure A801 if the title is missing, unknown or not allowed; C514 if the directory does not answer;
     *                   C515 if the address it gives cannot be used
     */
    static ApplicationEntity resolve(Association requester, String aeTitle, AeDirectory directory, AccessPolicy accessPolicy)
            throws HpFailure {
        if (aeTitle == null || aeTitle.isBlank())
            throw new HpFailure(HpStatus.MOVE_DESTINATION_UNKNOWN, "Move Destination missing");
        String title = aeTitle.strip();
        if (!accessPolicy.mayMoveTo(requester, title))
            throw new HpFailure(HpStatus.MOVE_DESTINATION_UNKNOWN, "Move Destination not allowed");
        Optional<ApplicationEntity> found;
        try {
            found = directory.find(title);
        } catch (DirectoryUnavailableException | RuntimeException e) {
            throw new HpFailure(HpStatus.MOVE_DESTINATION_NOT_RESOLVED, "The directory of AE titles does not answer", e);
        }
        ApplicationEntity destination = found.orElseThrow(
                () -> new HpFailure(HpStatus.MOVE_DESTINATION_UNKNOWN, "Move Destination unknown"));
        checkAddress(requester.getApplicationEntity(), destination);
        return destination;
    }

    private static void checkAddress(ApplicationEntity local, ApplicationEntity destination) throws HpFailure {
        try {
            Connection remote = local.findCompatibleConnection(destination).getRemoteConnection();
            if (remote.getHostname() == null || remote.getHostname().isBlank())
                throw unusable("has no host name", null);
            if (remote.getPort() < 1 || remote.getPort() > MAX_PORT)
                throw unusable("has no usable port", null);
        } catch (IncompatibleConnectionException e) {
            throw unusable("has no connection that fits ours", e);
        }
    }

    private static HpFailure unusable(String why, Exception cause) {
        return new HpFailure(HpStatus.MOVE_DESTINATION_UNUSABLE, "The Move Destination " + why, cause);
    }
}

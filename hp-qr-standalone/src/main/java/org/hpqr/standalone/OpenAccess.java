package org.hpqr.standalone;

import org.dcm4che3.net.Association;
import org.dcm4che3.net.Dimse;
import org.hpqr.spi.AccessPolicy;

/**
 * Whoever got an association may do everything: calling AE titles are checked when it is requested
 * ({@link ServerSettings#ACCEPTED_CALLING_AES}), and objects go only to configured destinations
 * ({@link ServerSettings#MOVE_DESTINATIONS}).
 */
final class OpenAccess implements AccessPolicy {

    @Override
    public boolean mayInvoke(Association association, Dimse operation) {
        return true;
    }

    @Override
    public boolean mayMoveTo(Association association, String destination) {
        return true;
    }
}

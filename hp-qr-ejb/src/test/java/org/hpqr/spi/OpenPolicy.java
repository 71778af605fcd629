package org.hpqr.spi;

import org.dcm4che3.net.Association;
import org.dcm4che3.net.Dimse;

/** Everybody may do everything. */
public final class OpenPolicy implements AccessPolicy {

    @Override
    public boolean mayInvoke(Association association, Dimse operation) {
        return true;
    }

    @Override
    public boolean mayMoveTo(Association association, String destination) {
        return true;
    }
}

package org.dcm4che3.net;

import java.io.IOException;
import org.dcm4che3.data.UID;

/** The peer did not agree to the role asked for: unchecked in the fork, checked in dcm4che. */
public class NoRoleSelectionException extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param role the one {@link TransferCapability.Role}; an array, because the fork's exception took any arguments */
    NoRoleSelectionException(String cuid, Object[] role) {
        super("No Role Selection for SOP Class " + cuid + " - " + UID.nameOf(cuid) + " as " + role[0] + " negotiated");
    }
}

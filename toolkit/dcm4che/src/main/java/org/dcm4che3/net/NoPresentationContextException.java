package org.dcm4che3.net;

import java.io.IOException;
import org.dcm4che3.data.UID;

/** No presentation context was accepted for a SOP class: unchecked in the fork, checked in dcm4che. */
public class NoPresentationContextException extends IOException {

    private static final long serialVersionUID = 1L;

    public NoPresentationContextException(String cuid) {
        super("No Presentation Context for Abstract Syntax: " + prompt(cuid) + " negotiated");
    }

    public NoPresentationContextException(String cuid, String tsuid) {
        super("No Presentation Context for Abstract Syntax: " + prompt(cuid) + " with Transfer Syntax: " + prompt(tsuid)
                + " negotiated");
    }

    private static String prompt(String uid) {
        return uid + " - " + UID.nameOf(uid);
    }
}

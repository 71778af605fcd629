package org.dcm4che3.net;

import java.io.IOException;

/** The association's state does not allow what was asked: unchecked in the fork, checked in dcm4che. */
public class AssociationStateException extends IOException {

    private static final long serialVersionUID = 1L;

    AssociationStateException(String state) {
        super(state);
    }
}

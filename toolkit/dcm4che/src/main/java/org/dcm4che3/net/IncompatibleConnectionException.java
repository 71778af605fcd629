package org.dcm4che3.net;

/** No connection of the local application entity fits one of the remote: unchecked in the fork, checked in dcm4che. */
public class IncompatibleConnectionException extends Exception {

    private static final long serialVersionUID = 1L;

    public IncompatibleConnectionException(String message) {
        super(message);
    }
}

package org.hpqr.dimse;

import java.io.IOException;

/** The socket of an association that can send several short messages in one piece, which costs both sides less than one after the other. */
public interface HoldingSocket {

    /** From now on messages wait for each other, if they are short. */
    void hold();

    /**
     * Sends what has waited; from now on nothing waits.
     *
     * @throws IOException the association is lost
     */
    void release() throws IOException;
}

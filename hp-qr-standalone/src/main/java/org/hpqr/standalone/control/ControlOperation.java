package org.hpqr.standalone.control;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.hpqr.control.Frame;

/** What the server does for a command that it has read the request of. */
interface ControlOperation {

    /**
     * Does it, up to and with the last frame.
     *
     * @param request what is asked
     * @param user    who asks, as the operating system says
     * @throws IOException the command has gone
     */
    void run(Frame request, String user, DataInputStream in, DataOutputStream out) throws IOException;
}

package org.hpqr.testkit.dicom;

import java.io.IOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Commands;
import org.dcm4che3.net.pdu.PresentationContext;

/** What a peer may do instead of answering a C-STORE as PS3.7 wants it. */
public enum Misbehaviour {

    ABORTS((as, pc, command) -> as.abort()),
    CLOSES_THE_CONNECTION((as, pc, command) -> as.getSocket().close()),
    /** It sends no more, and reads on. */
    CLOSES_HALF_OF_THE_CONNECTION((as, pc, command) -> as.getSocket().shutdownOutput()),
    ANSWERS_NOTHING((as, pc, command) -> { }),
    ANSWERS_ANOTHER_MESSAGE_ID((as, pc, command) -> {
        Attributes response = Commands.mkCStoreRSP(command, 0);
        response.setInt(Tag.MessageIDBeingRespondedTo, VR.US, command.getInt(Tag.MessageID, 0) ^ 0x4000);
        as.writeDimseRSP(pc, response);
    }),
    ANSWERS_PENDING((as, pc, command) -> as.writeDimseRSP(pc, Commands.mkCStoreRSP(command, 0xFF00))),
    ANSWERS_WITHOUT_STATUS((as, pc, command) -> {
        Attributes response = Commands.mkCStoreRSP(command, 0);
        response.remove(Tag.Status);
        as.writeDimseRSP(pc, response);
    }),
    ANSWERS_ANOTHER_OPERATION((as, pc, command) -> {
        Attributes response = Commands.mkCStoreRSP(command, 0);
        response.setInt(Tag.CommandField, VR.US, 0x8030);
        as.writeDimseRSP(pc, response);
    }),
    SENDS_GARBAGE((as, pc, command) -> as.getSocket().getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes())),
    /** As the acceptor may, but not while an operation is outstanding. */
    RELEASES((as, pc, command) -> as.release());

    private final Deed deed;

    Misbehaviour(Deed deed) {
        this.deed = deed;
    }

    private interface Deed {
        void perform(Association as, PresentationContext pc, Attributes command) throws IOException;
    }

    /** Does it, in the place of the answer to this command. */
    public void insteadOfAnswering(Association as, PresentationContext pc, Attributes command) throws IOException {
        deed.perform(as, pc, command);
    }
}

package org.hpqr.standalone.control;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Set;
import org.hpqr.control.Frame;
import org.hpqr.control.Frame.Outcome;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.service.Caller;
import org.hpqr.service.Change;
import org.hpqr.service.HangingProtocolService;
import org.hpqr.spi.User;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;

/** Deletes the objects of files for good, where what is stored is what the file has; others stay. */
public final class RemoveOperation implements ControlOperation {

    private final HangingProtocolService service;
    private final ControlAudit audit;
    private final String aeTitle;
    private final Set<String> administratorRoles;
    private final int maxFileSize;

    /**
     * @param aeTitle            of the server
     * @param administratorRoles whoever may use the command may do what they may
     * @param maxFileSize        most bytes of a file
     */
    public RemoveOperation(HangingProtocolService service, ControlAudit audit, String aeTitle, Set<String> administratorRoles, int maxFileSize) {
        this.service = service;
        this.audit = audit;
        this.aeTitle = aeTitle;
        this.administratorRoles = administratorRoles;
        this.maxFileSize = maxFileSize;
    }

    @Override
    public void run(Frame request, String user, DataInputStream in, DataOutputStream out) throws IOException {
        Frame.of(Frame.Kind.READY, "", String.valueOf(maxFileSize)).write(out);
        for (Frame frame = Frame.read(in, maxFileSize); frame.kind() != Frame.Kind.END; frame = Frame.read(in, maxFileSize))
            remove(user, frame.content()).write(out);
    }

    private Frame remove(String user, byte[] content) {
        String uid;
        String digest;
        try {
            DicomFile file = DicomFile.of(content);
            uid = file.sopInstanceUid();
            digest = DatasetCodec.contentDigest(file.object().decoded());
        } catch (IOException | RuntimeException e) {
            return result(Outcome.REFUSED, "not a DICOM file: " + e.getMessage());
        }
        Caller caller = new Caller(aeTitle, null, new User(user, administratorRoles, true), null);
        try {
            Change change = service.retire(uid, digest, caller);
            if (change == Change.DONE)
                change = service.delete(uid, digest, caller);
            if (change == Change.DONE)
                audit.removed(user, uid, HpStatus.SUCCESS);
            return switch (change) {
                case DONE -> result(Outcome.REMOVED, "");
                case NOT_FOUND -> result(Outcome.ABSENT, "");
                case CONFLICT -> result(Outcome.CHANGED, "what is stored is not what the file has");
                case NOT_RETIRED, NOT_PERMITTED -> result(Outcome.REFUSED, "somebody restored it at this moment");
            };
        } catch (HpFailure e) {
            audit.removed(user, uid, e.status());
            return result(Outcome.REFUSED, e.toString());
        }
    }

    private static Frame result(Outcome outcome, String why) {
        return Frame.of(Frame.Kind.RESULT, outcome.name(), why);
    }
}

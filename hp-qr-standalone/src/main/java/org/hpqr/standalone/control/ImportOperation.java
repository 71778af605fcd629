package org.hpqr.standalone.control;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Set;
import org.dcm4che3.data.UID;
import org.hpqr.access.Permissions;
import org.hpqr.control.Frame;
import org.hpqr.control.Frame.Outcome;
import org.hpqr.dataset.MalformedDatasetException;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;
import org.hpqr.store.HangingProtocolReceiver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes files as the C-STORE of their objects would: the same checks, the same rule for duplicates, the same durability. */
public final class ImportOperation implements ControlOperation {

    private static final Logger LOG = LoggerFactory.getLogger(ImportOperation.class);

    /** More than any file meta information. */
    private static final int MAX_META = 65_536;

    private static final Set<String> TRANSFER_SYNTAXES = Set.of(UID.ImplicitVRLittleEndian, UID.ExplicitVRLittleEndian,
            UID.DeflatedExplicitVRLittleEndian, UID.ExplicitVRBigEndian);

    private final HangingProtocolReceiver receiver;
    private final ControlAudit audit;
    private final String aeTitle;
    private final int maxObjectSize;

    /**
     * @param aeTitle       of the server
     * @param maxObjectSize most bytes of a data set
     */
    public ImportOperation(HangingProtocolReceiver receiver, ControlAudit audit, String aeTitle, int maxObjectSize) {
        this.receiver = receiver;
        this.audit = audit;
        this.aeTitle = aeTitle;
        this.maxObjectSize = maxObjectSize;
    }

    /** What became of a file; {@code goOn} is whether another one can be taken. */
    private record Result(Outcome outcome, String why, boolean goOn) {

        private static Result refused(String why) {
            return new Result(Outcome.REFUSED, why, true);
        }
    }

    @Override
    public void run(Frame request, String user, DataInputStream in, DataOutputStream out) throws IOException {
        int limit = maxObjectSize + MAX_META;
        Frame.of(Frame.Kind.READY, "", String.valueOf(limit)).write(out);
        while (true) {
            Frame frame = Frame.read(in, limit);
            if (frame.kind() == Frame.Kind.END)
                return;
            Result result = take(user, frame.content());
            if (!result.goOn()) {
                Frame.end(result.why()).write(out);
                return;
            }
            Frame.of(Frame.Kind.RESULT, result.outcome().name(), result.why()).write(out);
        }
    }

    private Result take(String user, byte[] content) {
        DicomFile file;
        try {
            file = DicomFile.of(content);
        } catch (IOException e) {
            return Result.refused("not a DICOM file: " + e.getMessage());
        }
        if (!file.isHangingProtocol())
            return Result.refused("not a hanging protocol, but of SOP class " + file.sopClassUid());
        if (!TRANSFER_SYNTAXES.contains(file.object().transferSyntax()))
            return Result.refused("transfer syntax " + file.object().transferSyntax() + " is unsupported");
        if (file.object().dataset().length > maxObjectSize)
            return Result.refused("its data set is larger than " + maxObjectSize + " bytes");
        return store(user, file);
    }

    private Result store(String user, DicomFile file) {
        HpFailure failure;
        try {
            Outcome outcome = switch (receiver.receive(file.received(aeTitle, user), Permissions.ALL)) {
                case ADDED, RESTORED -> Outcome.STORED;
                case REPLACED -> Outcome.REPLACED;
                case UNCHANGED -> Outcome.UNCHANGED;
                case CONFLICT -> throw new IllegalStateException("an import replaces whatever is there");
            };
            audit.imported(user, file.sopInstanceUid(), outcome == Outcome.REPLACED, HpStatus.SUCCESS);
            return new Result(outcome, "", true);
        } catch (HpFailure e) {
            failure = e;
        } catch (RuntimeException e) {
            failure = new HpFailure(HpStatus.CANNOT_UNDERSTAND, "Storing the object failed", e);
        }
        audit.imported(user, file.sopInstanceUid(), false, failure.status());
        if (failure.getCause() != null && !(failure.getCause() instanceof MalformedDatasetException))
            LOG.warn("{} was not imported", file.sopInstanceUid(), failure);
        // whatever comes next would fail, too, and take its time
        return new Result(Outcome.REFUSED, failure.toString(), failure.status() != HpStatus.OUT_OF_RESOURCES);
    }
}

package org.hpqr.bench.floor;

import java.io.IOException;
import java.security.GeneralSecurityException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.IncompatibleConnectionException;
import org.dcm4che3.net.Status;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.BasicCMoveSCP;
import org.dcm4che3.net.service.DicomServiceException;
import org.dcm4che3.net.service.RetrieveTask;

/** A C-MOVE that sends constant bytes, over an association of its own to a destination of 127.0.0.1. */
final class ConstantMove extends BasicCMoveSCP {

    private final Constants constants;
    private final int destinationPort;

    ConstantMove(Constants constants, int destinationPort) {
        super(UID.HangingProtocolInformationModelMove);
        this.constants = constants;
        this.destinationPort = destinationPort;
    }

    @Override
    protected RetrieveTask calculateMatches(Association as, PresentationContext pc, Attributes rq, Attributes keys)
            throws DicomServiceException {
        ApplicationEntity ae = as.getApplicationEntity();
        AAssociateRQ request = new AAssociateRQ();
        request.setCallingAET(ae.getAETitle());
        request.setCalledAET(rq.getString(Tag.MoveDestination));
        request.addPresentationContext(
                new PresentationContext(1, UID.HangingProtocolStorage, UID.ExplicitVRLittleEndian));
        request.addPresentationContext(
                new PresentationContext(3, UID.HangingProtocolStorage, UID.ImplicitVRLittleEndian));
        Connection local = as.getConnection();
        try {
            Association storeAssociation =
                    ae.connect(local, new Connection("destination", "127.0.0.1", destinationPort), request);
            return new ConstantRetrieve(Dimse.C_MOVE_RQ, as, pc, rq, keys, storeAssociation, constants.object());
        } catch (IOException | InterruptedException | IncompatibleConnectionException | GeneralSecurityException e) {
            throw new DicomServiceException(Status.UnableToPerformSubOperations, e);
        }
    }
}

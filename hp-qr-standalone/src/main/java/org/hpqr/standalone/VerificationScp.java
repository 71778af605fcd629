package org.hpqr.standalone;

import java.io.IOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.Status;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.BasicCEchoSCP;
import org.dcm4che3.net.service.DicomServiceException;

/**
 * C-ECHO (PS3.4 A.4). The toolkit's reads a data set that comes with the request, of any size, before it looks at the
 * request; here it is left alone.
 */
final class VerificationScp extends BasicCEchoSCP {

    @Override
    public void onDimseRQ(Association as, PresentationContext pc, Dimse dimse, Attributes rq, PDVInputStream data)
            throws IOException {
        if (dimse != Dimse.C_ECHO_RQ)
            throw new DicomServiceException(Status.UnrecognizedOperation);
        onDimseRQ(as, pc, dimse, rq, (Attributes) null);
    }
}

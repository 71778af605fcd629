package org.hpqr.bench.floor;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.BasicCGetSCP;
import org.dcm4che3.net.service.RetrieveTask;

/** A C-GET that sends constant bytes. */
final class ConstantGet extends BasicCGetSCP {

    private final Constants constants;

    ConstantGet(Constants constants) {
        super(UID.HangingProtocolInformationModelGet);
        this.constants = constants;
    }

    @Override
    protected RetrieveTask calculateMatches(Association as, PresentationContext pc, Attributes rq, Attributes keys) {
        return new ConstantRetrieve(Dimse.C_GET_RQ, as, pc, rq, keys, as, constants.object());
    }
}

package org.hpqr.standalone;

import java.io.IOException;
import java.security.GeneralSecurityException;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.IncompatibleConnectionException;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.hpqr.dataset.Implementation;

/** The AE of the server: it requests associations with our own implementation identity (PS3.7 D.3.3.2). */
final class StandaloneAe extends ApplicationEntity {

    private static final long serialVersionUID = 1L;

    StandaloneAe(String title) {
        super(title);
    }

    @Override
    public Association connect(Connection local, Connection remote, AAssociateRQ rq)
            throws IOException, InterruptedException, IncompatibleConnectionException, GeneralSecurityException {
        rq.setImplClassUID(Implementation.CLASS_UID);
        rq.setImplVersionName(Implementation.VERSION_NAME);
        return super.connect(local, remote, rq);
    }
}

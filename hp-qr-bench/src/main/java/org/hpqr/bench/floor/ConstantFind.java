package org.hpqr.bench.floor;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.BasicCFindSCP;
import org.dcm4che3.net.service.BasicQueryTask;
import org.dcm4che3.net.service.QueryTask;

/** A C-FIND that asks no database: the same match as often as the Hanging Protocol Name of the request says. */
final class ConstantFind extends BasicCFindSCP {

    private final Constants constants;

    ConstantFind(Constants constants) {
        super(UID.HangingProtocolInformationModelFind);
        this.constants = constants;
    }

    @Override
    protected QueryTask calculateMatches(Association as, PresentationContext pc, Attributes rq, Attributes keys) {
        return new BasicQueryTask(as, pc, rq, keys) {

            private int left = Integer.parseInt(keys.getString(Tag.HangingProtocolName));

            @Override
            protected boolean hasMoreMatches() {
                return left > 0;
            }

            @Override
            protected Attributes nextMatch() {
                left--;
                return constants.match();
            }

            @Override
            protected Attributes adjust(Attributes match) {
                return match;
            }
        };
    }
}

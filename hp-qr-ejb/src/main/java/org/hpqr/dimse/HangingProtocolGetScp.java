package org.hpqr.dimse;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import java.util.List;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.service.DicomService;
import org.hpqr.model.StoredInstance;
import org.hpqr.status.HpStatus;

/** C-GET of Hanging Protocol Information Model - GET (PS3.4 U.4.3): sub-operations on the requester's association. */
@ApplicationScoped
@Typed(DicomService.class)
public class HangingProtocolGetScp extends RetrieveScp {

    @Inject
    private SendWatch sendWatch;

    /** For the container. */
    public HangingProtocolGetScp() {
        super(UID.HangingProtocolInformationModelGet, Dimse.C_GET_RQ, new Failures(HpStatus.GET_IDENTIFIER_UNREADABLE,
                HpStatus.GET_FAILED, HpStatus.GET_COUNT_NOT_ESTABLISHED, HpStatus.GET_TOO_MANY_MATCHES));
    }

    /** For use outside a container. */
    void inject(SendWatch watch) {
        this.sendWatch = watch;
    }

    @Override
    Target target(Operation operation) {
        return new Target() {

            @Override
            public String destination() {
                return null;
            }

            @Override
            public String originatorAET() {
                return null;
            }

            @Override
            public List<StoreChannel> open(List<StoredInstance> instances) {
                return List.of(new StoreChannel(operation.association(), sendWatch, operation.messageId()));
            }

            @Override
            public void close() {
                // the association is the requester's
            }
        };
    }
}

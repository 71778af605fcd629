package org.hpqr.dimse;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import java.io.IOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.service.DicomService;
import org.hpqr.store.Outcome;
import org.hpqr.dataset.WholeValue;
import org.hpqr.service.HangingProtocolService;
import org.hpqr.spi.AuditTrail;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.Settings;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;
import org.hpqr.store.ReceivedObject;

/** C-STORE of Hanging Protocol Storage (PS3.4 GG). */
@ApplicationScoped
@Typed(DicomService.class)
public class HangingProtocolStoreScp extends HangingProtocolScp {

    private final HangingProtocolService service;
    private final Settings settings;
    private final AuditTrail audit;

    /** For the container. */
    public HangingProtocolStoreScp() {
        this(null, null, null, null);
    }

    @Inject
    HangingProtocolStoreScp(ScpContext context, HangingProtocolService service, Settings settings, AuditTrail audit) {
        super(UID.HangingProtocolStorage, Dimse.C_STORE_RQ, context);
        this.service = service;
        this.settings = settings;
        this.audit = audit;
    }

    @Override
    void perform(Operation operation, PDVInputStream data) throws HpFailure, IOException {
        String uid = WholeValue.of(operation.request(), Tag.AffectedSOPInstanceUID);
        requireSchema(HpStatus.OUT_OF_RESOURCES);
        operation.onAudit(status -> audit.stored(operation.association(), uid, false, status));
        Outcome outcome = receive(operation, uid, data);
        operation.onAudit(status -> audit.stored(operation.association(), uid, outcome == Outcome.REPLACED, status));
        operation.end(HpStatus.SUCCESS, new Attributes(), null, outcome.name().toLowerCase());
    }

    private Outcome receive(Operation operation, String uid, PDVInputStream data) throws HpFailure, IOException {
        if (data == null)
            throw new HpFailure(HpStatus.CANNOT_UNDERSTAND, "The request has no data set");
        Association association = operation.association();
        byte[] dataset = operation.receive(data, "data set", settings.get(HpSettings.MAX_OBJECT_SIZE, association.getCalledAET()));
        try {
            return service.store(new ReceivedObject(association.getCalledAET(), operation.caller().changedBy(),
                    UID.HangingProtocolStorage, uid, operation.context().getTransferSyntax(), dataset), operation.caller());
        } catch (RuntimeException e) {
            throw new HpFailure(HpStatus.CANNOT_UNDERSTAND, "Storing the object failed", e);
        }
    }
}

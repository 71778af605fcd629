package org.hpqr.bench.floor;

import java.util.List;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.DataWriter;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.BasicRetrieveTask;
import org.dcm4che3.net.service.InstanceLocator;

/** The sub-operations of a C-GET or C-MOVE that reads nothing: the same bytes for every UID asked for. */
final class ConstantRetrieve extends BasicRetrieveTask<InstanceLocator> {

    private final byte[] object;

    ConstantRetrieve(Dimse operation, Association as, PresentationContext pc, Attributes rq, Attributes keys,
                     Association storeAssociation, byte[] object) {
        super(operation, as, pc, rq, instances(keys), storeAssociation);
        this.object = object;
        // one after each sub-operation, as the plugin does
        setSendPendingRSP(true);
    }

    private static List<InstanceLocator> instances(Attributes keys) {
        return Stream.of(keys.getStrings(Tag.SOPInstanceUID)).map(uid ->
                new InstanceLocator(UID.HangingProtocolStorage, uid, UID.ExplicitVRLittleEndian, null)).toList();
    }

    @Override
    protected DataWriter createDataWriter(InstanceLocator instance, String transferSyntax) {
        return (out, syntax) -> out.write(object);
    }
}

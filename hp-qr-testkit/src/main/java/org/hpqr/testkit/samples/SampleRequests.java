package org.hpqr.testkit.samples;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;

/** C-FIND request identifiers. Each call makes a new one. */
public final class SampleRequests {

    private static final Object[][] RETURN_KEYS = {
            {Tag.SOPClassUID, VR.UI}, {Tag.SOPInstanceUID, VR.UI}, {Tag.HangingProtocolName, VR.SH},
            {Tag.HangingProtocolDescription, VR.LO}, {Tag.HangingProtocolLevel, VR.CS}, {Tag.HangingProtocolCreator, VR.LO},
            {Tag.HangingProtocolCreationDateTime, VR.DT}, {Tag.HangingProtocolUserIdentificationCodeSequence, VR.SQ},
            {Tag.NumberOfPriorsReferenced, VR.US}, {Tag.NumberOfScreens, VR.US},
            {Tag.NominalScreenDefinitionSequence, VR.SQ}};

    private SampleRequests() {
    }

    /**
     * The query of PS3.17 V.5 for protocols of a region: finds {@link SampleProtocols#ctOnePrior()},
     * {@link SampleProtocols#chestXray()} and {@link SampleProtocols#chestXrayLogin()} if asked for the chest.
     */
    public static Attributes byRegion(String value, String scheme, String meaning) {
        Attributes request = everyProtocol();
        Attributes definition = new Attributes();
        definition.setNull(Tag.Modality, VR.CS);
        definition.setNull(Tag.Laterality, VR.CS);
        definition.setNull(Tag.ProcedureCodeSequence, VR.SQ);
        definition.setNull(Tag.ReasonForRequestedProcedureCodeSequence, VR.SQ);
        definition.newSequence(Tag.AnatomicRegionSequence, 1).add(ProtocolParts.code(value, scheme, meaning));
        request.newSequence(Tag.HangingProtocolDefinitionSequence, 1).add(definition);
        return request;
    }

    /** The query of PS3.17 V.5 as it is printed there. */
    public static Attributes byChest() {
        return byRegion("51185008", "SCT", "Chest");
    }

    /** The keys of PS3.17 V.5, none with a value: a universal query. */
    public static Attributes everyProtocol() {
        Attributes request = new Attributes();
        for (Object[] key : RETURN_KEYS)
            request.setNull((Integer) key[0], (VR) key[1]);
        request.setNull(Tag.HangingProtocolDefinitionSequence, VR.SQ);
        return request;
    }

    /** The definition item of a request made by {@link #byRegion}. */
    public static Attributes definitionOf(Attributes request) {
        Sequence definition = request.getSequence(Tag.HangingProtocolDefinitionSequence);
        return definition.get(0);
    }
}

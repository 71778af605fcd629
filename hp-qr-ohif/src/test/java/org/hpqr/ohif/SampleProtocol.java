package org.hpqr.ohif;

import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;

/** A small Hanging Protocol: CT beside its newest prior. */
final class SampleProtocol {

    static final String SOP_INSTANCE_UID = "2.25.1234567890";

    private SampleProtocol() {
    }

    static Attributes make() {
        Attributes protocol = new Attributes();
        protocol.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
        protocol.setString(Tag.SOPClassUID, VR.UI, UID.HangingProtocolStorage);
        protocol.setString(Tag.SOPInstanceUID, VR.UI, SOP_INSTANCE_UID);
        protocol.setString(Tag.HangingProtocolName, VR.SH, "CT prior");
        protocol.setString(Tag.HangingProtocolDescription, VR.LO, "CT beside its prior");
        protocol.setString(Tag.HangingProtocolLevel, VR.CS, "SITE");
        protocol.setString(Tag.HangingProtocolCreationDateTime, VR.DT, "20261128101112.5+0100");
        Attributes definition = new Attributes();
        definition.setString(Tag.Modality, VR.CS, "CT");
        definition.newSequence(Tag.ProcedureCodeSequence, 0);
        definition.newSequence(Tag.ReasonForRequestedProcedureCodeSequence, 0);
        protocol.newSequence(Tag.HangingProtocolDefinitionSequence, 1).add(definition);
        protocol.newSequence(Tag.HangingProtocolUserIdentificationCodeSequence, 0);
        protocol.setInt(Tag.NumberOfPriorsReferenced, VR.US, 1);
        protocol.setInt(Tag.NumberOfScreens, VR.US, 1);
        protocol.newSequence(Tag.NominalScreenDefinitionSequence, 0);
        Sequence sets = protocol.newSequence(Tag.ImageSetsSequence, 2);
        sets.add(imageSet(1, "current", 0));
        sets.add(imageSet(2, "prior", 1));
        Sequence displaySets = protocol.newSequence(Tag.DisplaySetsSequence, 2);
        displaySets.add(displaySet(1, 0, 0.5));
        displaySets.add(displaySet(2, 0.5, 1));
        protocol.setString(Tag.PartialDataDisplayHandling, VR.CS, "MAINTAIN_LAYOUT");
        return protocol;
    }

    private static Attributes imageSet(int number, String label, int prior) {
        Attributes set = new Attributes();
        set.newSequence(Tag.ImageSetSelectorSequence, 1).add(selector(Tag.Modality, "CS", "CT"));
        Attributes frame = new Attributes();
        frame.setInt(Tag.ImageSetNumber, VR.US, number);
        if (prior == 0) {
            frame.setString(Tag.ImageSetSelectorCategory, VR.CS, "RELATIVE_TIME");
            frame.setInt(Tag.RelativeTime, VR.US, 0, 0);
            frame.setString(Tag.RelativeTimeUnits, VR.CS, "MINUTES");
        } else {
            frame.setString(Tag.ImageSetSelectorCategory, VR.CS, "ABSTRACT_PRIOR");
            frame.setInt(Tag.AbstractPriorValue, VR.SS, prior, prior);
        }
        frame.setString(Tag.ImageSetLabel, VR.LO, label);
        set.newSequence(Tag.TimeBasedImageSetsSequence, 1).add(frame);
        return set;
    }

    static Attributes selector(int attribute, String vr, String... values) {
        Attributes selector = new Attributes();
        selector.setString(Tag.ImageSetSelectorUsageFlag, VR.CS, "NO_MATCH");
        selector.setInt(Tag.SelectorAttribute, VR.AT, attribute);
        selector.setString(Tag.SelectorAttributeVR, VR.CS, vr);
        int tag = Mapping.tag("Selector" + vr + "Value").orElseThrow();
        if (vr.equals("US"))
            selector.setInt(tag, VR.US, Stream.of(values).mapToInt(Integer::parseInt).toArray());
        else
            selector.setString(tag, VR.valueOf(vr), values);
        selector.setInt(Tag.SelectorValueNumber, VR.US, 1);
        return selector;
    }

    private static Attributes displaySet(int number, double left, double right) {
        Attributes set = new Attributes();
        set.setInt(Tag.DisplaySetNumber, VR.US, number);
        set.setInt(Tag.DisplaySetPresentationGroup, VR.US, 1);
        set.setInt(Tag.ImageSetNumber, VR.US, number);
        Attributes box = new Attributes();
        box.setInt(Tag.ImageBoxNumber, VR.US, 1);
        box.setDouble(Tag.DisplayEnvironmentSpatialPosition, VR.FD, left, 1, right, 0);
        box.setString(Tag.ImageBoxLayoutType, VR.CS, "STACK");
        set.newSequence(Tag.ImageBoxesSequence, 1).add(box);
        set.newSequence(Tag.FilterOperationsSequence, 0);
        set.newSequence(Tag.SortingOperationsSequence, 0);
        return set;
    }

    static Attributes code(String value, String meaning) {
        Attributes code = new Attributes();
        code.setString(Tag.CodeValue, VR.SH, value);
        code.setString(Tag.CodingSchemeDesignator, VR.SH, "SCT");
        code.setString(Tag.CodeMeaning, VR.LO, meaning);
        return code;
    }
}

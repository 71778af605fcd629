package org.hpqr.testkit.samples;

import static org.hpqr.testkit.samples.ProtocolParts.EVERYWHERE;
import static org.hpqr.testkit.samples.ProtocolParts.LEFT_HALF;
import static org.hpqr.testkit.samples.ProtocolParts.RIGHT_HALF;
import static org.hpqr.testkit.samples.ProtocolParts.code;
import static org.hpqr.testkit.samples.ProtocolParts.current;
import static org.hpqr.testkit.samples.ProtocolParts.definition;
import static org.hpqr.testkit.samples.ProtocolParts.displaySet;
import static org.hpqr.testkit.samples.ProtocolParts.environment;
import static org.hpqr.testkit.samples.ProtocolParts.imageSet;
import static org.hpqr.testkit.samples.ProtocolParts.prior;
import static org.hpqr.testkit.samples.ProtocolParts.protocol;
import static org.hpqr.testkit.samples.ProtocolParts.put;
import static org.hpqr.testkit.samples.ProtocolParts.stack;
import static org.hpqr.testkit.samples.ProtocolParts.tiles;

import java.util.ArrayList;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;

/** A valid Hanging Protocol that has every attribute of the IOD (PS3.3 A.44) somewhere. */
public final class CompleteProtocol {

    public static final String UID_OF_IT = "2.25.140737488355328000000000000000000000001";

    /** Selector xx Value of each VR that an attribute of an image may have: VR, attribute, a value. */
    private static final Object[][] SELECTOR_VALUES = {
        {"AE", Tag.SelectorAEValue, VR.AE, "SCANNER"}, {"AS", Tag.SelectorASValue, VR.AS, "018Y"},
        {"AT", Tag.SelectorATValue, VR.AT, Tag.Modality}, {"DA", Tag.SelectorDAValue, VR.DA, "20240229"},
        {"CS", Tag.SelectorCSValue, VR.CS, "AXIAL"}, {"DT", Tag.SelectorDTValue, VR.DT, "20240229120000"},
        {"IS", Tag.SelectorISValue, VR.IS, "12"}, {"OB", Tag.SelectorOBValue, VR.OB, new byte[] {1, 2}},
        {"LO", Tag.SelectorLOValue, VR.LO, "Thin slices"}, {"OF", Tag.SelectorOFValue, VR.OF, new byte[4]},
        {"LT", Tag.SelectorLTValue, VR.LT, "a\\b"}, {"OW", Tag.SelectorOWValue, VR.OW, new byte[2]},
        {"PN", Tag.SelectorPNValue, VR.PN, "Chan^Susan"}, {"TM", Tag.SelectorTMValue, VR.TM, "1200"},
        {"SH", Tag.SelectorSHValue, VR.SH, "T1"}, {"UN", Tag.SelectorUNValue, VR.UN, new byte[] {9, 9, 9, 9}},
        {"ST", Tag.SelectorSTValue, VR.ST, "a\\b"}, {"UC", Tag.SelectorUCValue, VR.UC, "a long code"},
        {"UT", Tag.SelectorUTValue, VR.UT, "a\\b"}, {"UR", Tag.SelectorURValue, VR.UR, "urn:a"},
        {"DS", Tag.SelectorDSValue, VR.DS, "1.5"}, {"OD", Tag.SelectorODValue, VR.OD, new byte[8]},
        {"FD", Tag.SelectorFDValue, VR.FD, 0.5}, {"OL", Tag.SelectorOLValue, VR.OL, new byte[4]},
        {"FL", Tag.SelectorFLValue, VR.FL, 0.25}, {"UL", Tag.SelectorULValue, VR.UL, 70_000},
        {"US", Tag.SelectorUSValue, VR.US, 7}, {"SL", Tag.SelectorSLValue, VR.SL, -70_000},
        {"SS", Tag.SelectorSSValue, VR.SS, -7}, {"UI", Tag.SelectorUIValue, VR.UI, "1.2.840.10008.5.1.4.1.1.2"},
        {"OV", 0x00720081, VR.UN, new byte[8]}, {"SV", 0x00720082, VR.UN, new byte[8]}, {"UV", 0x00720083, VR.UN, new byte[8]}
    };

    private CompleteProtocol() {
    }

    /** Makes it. */
    public static Attributes make() {
        Attributes protocol = protocol(UID_OF_IT, "Complete", "Every attribute of the IOD", "USER_GROUP", "Nobody",
                "20240229120000.123456+0100", 2);
        protocol.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 100");
        Attributes region = code("51185008", "SCT", "2020", "Chest");
        put(region, Tag.EquivalentCodeSequence, code("T-D3000", "SRT", "1.0", "Chest"), longCode(), urnCode());
        Attributes definition = definition("CT", "U", region, longCode(), urnCode());
        put(definition, Tag.ProcedureCodeSequence, code("98765", "99Local", "Procedure"));
        put(definition, Tag.ReasonForRequestedProcedureCodeSequence, code("I67.1", "I10", "Reason"));
        put(protocol, Tag.HangingProtocolDefinitionSequence, definition);
        put(protocol, Tag.HangingProtocolUserIdentificationCodeSequence, code("readers", "99Local", "Readers"));
        protocol.setString(Tag.HangingProtocolUserGroupName, VR.LO, "Ärzte");
        put(protocol, Tag.SourceHangingProtocolSequence, reference(UID.HangingProtocolStorage, "1.2.3"));
        imageSets(protocol);
        environment(protocol, 2, 2560, 2048);
        Attributes colour = protocol.getSequence(Tag.NominalScreenDefinitionSequence).get(1);
        colour.remove(Tag.ScreenMinimumGrayscaleBitDepth);
        colour.setInt(Tag.ScreenMinimumColorBitDepth, VR.US, 8);
        displaySets(protocol);
        protocol.setString(Tag.PartialDataDisplayHandling, VR.CS, "ADAPT_LAYOUT");
        Attributes together = new Attributes();
        together.setInt(Tag.DisplaySetScrollingGroup, VR.US, 1, 2);
        put(protocol, Tag.SynchronizedScrollingSequence, together);
        Attributes lines = new Attributes();
        lines.setInt(Tag.NavigationDisplaySet, VR.US, 3);
        lines.setInt(Tag.ReferenceDisplaySets, VR.US, 1, 2);
        put(protocol, Tag.NavigationIndicatorSequence, lines);
        return protocol;
    }

    private static void imageSets(Attributes protocol) {
        Attributes byCode = new Attributes();
        byCode.setInt(Tag.ImageSetNumber, VR.US, 3);
        byCode.setString(Tag.ImageSetSelectorCategory, VR.CS, "ABSTRACT_PRIOR");
        put(byCode, Tag.AbstractPriorCodeSequence, code("121079", "DCM", "Baseline"));
        put(protocol, Tag.ImageSetsSequence, imageSet("CT", current(1, "Now"), prior(2, -1, "Oldest"), byCode));
        Sequence selectors = protocol.getNestedDataset(Tag.ImageSetsSequence).getSequence(Tag.ImageSetSelectorSequence);
        for (Attributes value : selectorValues()) {
            value.setString(Tag.ImageSetSelectorUsageFlag, VR.CS, "MATCH");
            selectors.add(value);
        }
    }

    private static void displaySets(Attributes protocol) {
        Attributes tiled = displaySet(1, 1, 1, "Tiled", tiles(2, 2, LEFT_HALF), tiles(1, 2, RIGHT_HALF));
        tiled.getSequence(Tag.ImageBoxesSequence).get(1).setInt(Tag.ImageBoxNumber, VR.US, 2);
        tiled.getNestedDataset(Tag.ImageBoxesSequence).setInt(Tag.ImageBoxOverlapPriority, VR.US, 100);
        filters(tiled);
        sorting(tiled);
        tiled.setString(Tag.DisplaySetPresentationGroupDescription, VR.LO, "First");
        tiled.setString(Tag.ReformattingOperationType, VR.CS, "3D_RENDERING");
        tiled.setString(Tag.ReformattingOperationInitialViewDirection, VR.CS, "CORONAL");
        tiled.setString(Tag.ThreeDRenderingType, VR.CS, "MIP", "OURS");
        tiled.setString(Tag.BlendingOperationType, VR.CS, "COLOR");
        tiled.setString(Tag.DisplaySetPatientOrientation, VR.CS, "L", "P");
        tiled.setString(Tag.DisplaySetHorizontalJustification, VR.CS, "LEFT");
        tiled.setString(Tag.DisplaySetVerticalJustification, VR.CS, "TOP");
        tiled.setString(Tag.VOIType, VR.CS, "LUNG");
        tiled.setString(Tag.PseudoColorType, VR.CS, "HOT_IRON");
        put(tiled, Tag.PseudoColorPaletteInstanceReferenceSequence,
                reference(UID.ColorPaletteStorage, "1.2.840.10008.1.5.1"));
        for (int flag : new int[] {Tag.ShowGrayscaleInverted, Tag.ShowImageTrueSizeFlag, Tag.ShowGraphicAnnotationFlag,
            Tag.ShowPatientDemographicsFlag, Tag.ShowAcquisitionTechniquesFlag})
            tiled.setString(flag, VR.CS, "NO");
        Attributes byRate = displaySet(2, 1, 2, "Cine by rate", cine());
        byRate.getNestedDataset(Tag.ImageBoxesSequence).setInt(Tag.RecommendedDisplayFrameRate, VR.IS, 30);
        byRate.setString(Tag.ReformattingOperationType, VR.CS, "SLAB");
        byRate.setDouble(Tag.ReformattingThickness, VR.FD, 3);
        byRate.setDouble(Tag.ReformattingInterval, VR.FD, 1.5);
        Attributes byFactor = displaySet(3, 2, 3, "Cine by factor", cine());
        byFactor.getNestedDataset(Tag.ImageBoxesSequence).setDouble(Tag.CineRelativeToRealTime, VR.FD, 0.5);
        put(protocol, Tag.DisplaySetsSequence, tiled, byRate, byFactor);
    }

    private static void filters(Attributes displaySet) {
        List<Attributes> filters = selectorValues();
        for (Attributes filter : filters)
            filter.setString(Tag.FilterByOperator, VR.CS, "MEMBER_OF");
        filters.get(0).setString(Tag.ImageSetSelectorUsageFlag, VR.CS, "NO_MATCH");
        Attributes byCategory = new Attributes();
        byCategory.setString(Tag.FilterByCategory, VR.CS, "IMAGE_PLANE");
        byCategory.setString(Tag.FilterByOperator, VR.CS, "NOT_MEMBER_OF");
        byCategory.setString(Tag.SelectorAttributeVR, VR.CS, "CS");
        byCategory.setString(Tag.SelectorCSValue, VR.CS, "TRANSVERSE");
        filters.add(byCategory);
        Attributes byPresence = new Attributes();
        byPresence.setInt(Tag.SelectorAttribute, VR.AT, Tag.SliceThickness);
        byPresence.setString(Tag.FilterByAttributePresence, VR.CS, "PRESENT");
        filters.add(byPresence);
        put(displaySet, Tag.FilterOperationsSequence, filters.toArray(new Attributes[0]));
    }

    private static void sorting(Attributes displaySet) {
        Attributes byAttribute = new Attributes();
        byAttribute.setInt(Tag.SelectorAttribute, VR.AT, 0x00111010);
        byAttribute.setInt(Tag.SelectorValueNumber, VR.US, 1);
        byAttribute.setString(Tag.SortingDirection, VR.CS, "INCREASING");
        context(byAttribute);
        Attributes byCategory = new Attributes();
        byCategory.setString(Tag.SortByCategory, VR.CS, "ALONG_AXIS");
        byCategory.setString(Tag.SortingDirection, VR.CS, "DECREASING");
        put(displaySet, Tag.SortingOperationsSequence, byAttribute, byCategory);
    }

    /** Selectors by attribute and value, one for each VR; the first one selects a private attribute in private sequences. */
    private static List<Attributes> selectorValues() {
        List<Attributes> selectors = new ArrayList<>();
        for (Object[] row : SELECTOR_VALUES) {
            Attributes selector = selector((String) row[0]);
            VR vr = (VR) row[2];
            if (row[3] instanceof byte[] bytes)
                selector.setBytes((Integer) row[1], vr, bytes);
            else if (row[3] instanceof Integer number)
                selector.setInt((Integer) row[1], vr, number);
            else if (row[3] instanceof Double number)
                selector.setDouble((Integer) row[1], vr, number);
            else
                selector.setString((Integer) row[1], vr, (String) row[3]);
            selectors.add(selector);
        }
        Attributes byCode = selector("SQ");
        put(byCode, Tag.SelectorCodeSequenceValue, code("51185008", "SCT", "Chest"), longCode());
        selectors.add(byCode);
        Attributes nested = selectors.get(0);
        nested.setInt(Tag.SelectorAttribute, VR.AT, 0x00111010);
        context(nested);
        return selectors;
    }

    private static Attributes selector(String vr) {
        Attributes selector = new Attributes();
        selector.setInt(Tag.SelectorAttribute, VR.AT, Tag.Modality);
        selector.setInt(Tag.SelectorValueNumber, VR.US, 0);
        selector.setString(Tag.SelectorAttributeVR, VR.CS, vr);
        return selector;
    }

    private static void context(Attributes selector) {
        selector.setInt(Tag.SelectorSequencePointer, VR.AT, Tag.RequestAttributesSequence, 0x00131020);
        selector.setInt(Tag.FunctionalGroupPointer, VR.AT, 0x00151030);
        for (int creator : new int[] {Tag.SelectorSequencePointerPrivateCreator, Tag.FunctionalGroupPrivateCreator,
            Tag.SelectorAttributePrivateCreator})
            selector.setString(creator, VR.LO, "VENDOR");
    }

    private static Attributes cine() {
        Attributes box = stack(EVERYWHERE);
        box.setString(Tag.ImageBoxLayoutType, VR.CS, "CINE");
        box.setInt(Tag.PreferredPlaybackSequencing, VR.US, 2);
        return box;
    }

    private static Attributes longCode() {
        Attributes code = new Attributes();
        code.setString(Tag.LongCodeValue, VR.UC, "a code of more than 16 characters");
        code.setString(Tag.CodingSchemeDesignator, VR.SH, "99Local");
        code.setString(Tag.CodeMeaning, VR.LO, "Long");
        return code;
    }

    private static Attributes urnCode() {
        Attributes code = new Attributes();
        code.setString(Tag.URNCodeValue, VR.UR, "urn:oid:1.2.3");
        code.setString(Tag.CodeMeaning, VR.LO, "By URN");
        return code;
    }

    private static Attributes reference(String sopClass, String instance) {
        Attributes reference = new Attributes();
        reference.setString(Tag.ReferencedSOPClassUID, VR.UI, sopClass);
        reference.setString(Tag.ReferencedSOPInstanceUID, VR.UI, instance);
        return reference;
    }
}

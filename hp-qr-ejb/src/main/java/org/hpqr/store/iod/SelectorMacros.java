package org.hpqr.store.iod;

import static org.hpqr.store.iod.Condition.NOT_DECIDABLE;
import static org.hpqr.store.iod.Condition.is;
import static org.hpqr.store.iod.Condition.isPrivate;
import static org.hpqr.store.iod.IodAttribute.attribute;
import static org.hpqr.store.iod.IodAttribute.sequence;
import static org.hpqr.store.iod.Type.TYPE_1C;

import java.util.List;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;

/** Hanging Protocol Selector Attribute Context and Value Macros, PS3.3 Tables C.23.4-1 and C.23.4-2. */
final class SelectorMacros {

    /** Selector OV, SV and UV Value: newer than the default toolkit's dictionary. */
    static final int SELECTOR_OV_VALUE = 0x00720081;
    static final int SELECTOR_SV_VALUE = 0x00720082;
    static final int SELECTOR_UV_VALUE = 0x00720083;

    private static final VR UNKNOWN_TO_SOME_TOOLKITS = null;

    /** Enumerated values of Selector Attribute VR: the value representations of PS3.5 6.2. */
    static final String[] VALUE_REPRESENTATIONS = {
        "AE", "AS", "AT", "CS", "DA", "DS", "DT", "FD", "FL", "IS", "LO", "LT", "OB", "OD", "OF", "OL", "OV", "OW", "PN",
        "SH", "SL", "SQ", "SS", "ST", "SV", "TM", "UC", "UI", "UL", "UN", "UR", "US", "UT", "UV"
    };

    /** Where the attribute is: Table C.23.4-1. Whether it is nested is known to the sender only. */
    static final List<IodAttribute> CONTEXT = List.of(
            attribute(Tag.SelectorSequencePointer, VR.AT, TYPE_1C, NOT_DECIDABLE).vm("1-n"),
            attribute(Tag.FunctionalGroupPointer, VR.AT, TYPE_1C, NOT_DECIDABLE),
            attribute(Tag.SelectorSequencePointerPrivateCreator, VR.LO, TYPE_1C,
                    isPrivate(Tag.SelectorSequencePointer)).vm("1-n"),
            attribute(Tag.FunctionalGroupPrivateCreator, VR.LO, TYPE_1C, isPrivate(Tag.FunctionalGroupPointer)),
            attribute(Tag.SelectorAttributePrivateCreator, VR.LO, TYPE_1C, isPrivate(Tag.SelectorAttribute)));

    /** Its value, in the one attribute for its VR: Table C.23.4-2. */
    static final List<IodAttribute> VALUE = List.of(
            value("AE", Tag.SelectorAEValue, VR.AE, "1-n"),
            value("AS", Tag.SelectorASValue, VR.AS, "1-n"),
            value("AT", Tag.SelectorATValue, VR.AT, "1-n"),
            value("DA", Tag.SelectorDAValue, VR.DA, "1-n"),
            value("CS", Tag.SelectorCSValue, VR.CS, "1-n"),
            value("DT", Tag.SelectorDTValue, VR.DT, "1-n"),
            value("IS", Tag.SelectorISValue, VR.IS, "1-n"),
            value("OB", Tag.SelectorOBValue, VR.OB, "1"),
            value("LO", Tag.SelectorLOValue, VR.LO, "1-n"),
            value("OF", Tag.SelectorOFValue, VR.OF, "1"),
            value("LT", Tag.SelectorLTValue, VR.LT, "1"),
            value("OW", Tag.SelectorOWValue, VR.OW, "1"),
            value("PN", Tag.SelectorPNValue, VR.PN, "1-n"),
            value("TM", Tag.SelectorTMValue, VR.TM, "1-n"),
            value("SH", Tag.SelectorSHValue, VR.SH, "1-n"),
            value("UN", Tag.SelectorUNValue, VR.UN, "1"),
            value("ST", Tag.SelectorSTValue, VR.ST, "1"),
            value("UC", Tag.SelectorUCValue, VR.UC, "1-n"),
            value("UT", Tag.SelectorUTValue, VR.UT, "1"),
            value("UR", Tag.SelectorURValue, VR.UR, "1"),
            value("DS", Tag.SelectorDSValue, VR.DS, "1-n"),
            value("OD", Tag.SelectorODValue, VR.OD, "1"),
            value("FD", Tag.SelectorFDValue, VR.FD, "1-n"),
            value("OL", Tag.SelectorOLValue, VR.OL, "1"),
            value("FL", Tag.SelectorFLValue, VR.FL, "1-n"),
            value("UL", Tag.SelectorULValue, VR.UL, "1-n"),
            value("US", Tag.SelectorUSValue, VR.US, "1-n"),
            value("SL", Tag.SelectorSLValue, VR.SL, "1-n"),
            value("SS", Tag.SelectorSSValue, VR.SS, "1-n"),
            value("UI", Tag.SelectorUIValue, VR.UI, "1-n"),
            sequence(Tag.SelectorCodeSequenceValue, TYPE_1C, is(Tag.SelectorAttributeVR, "SQ"), "1-n",
                    CodeSequenceMacro.TABLE),
            value("OV", SELECTOR_OV_VALUE, UNKNOWN_TO_SOME_TOOLKITS, "1"),
            value("SV", SELECTOR_SV_VALUE, UNKNOWN_TO_SOME_TOOLKITS, "1-n"),
            value("UV", SELECTOR_UV_VALUE, UNKNOWN_TO_SOME_TOOLKITS, "1-n"));

    private SelectorMacros() {
    }

    private static IodAttribute value(String selectorAttributeVr, int tag, VR vr, String multiplicity) {
        return attribute(tag, vr, TYPE_1C, is(Tag.SelectorAttributeVR, selectorAttributeVr)).vm(multiplicity);
    }
}

package org.hpqr.information;

import static org.hpqr.information.ModelAttribute.KeyType.NONE;
import static org.hpqr.information.ModelAttribute.KeyType.OPTIONAL;
import static org.hpqr.information.ModelAttribute.KeyType.REQUIRED;
import static org.hpqr.information.ModelAttribute.KeyType.REQUIRED_IF;
import static org.hpqr.information.ModelAttribute.KeyType.UNIQUE;
import static org.hpqr.information.ModelAttribute.MatchingType.LIST_OF_UID;
import static org.hpqr.information.ModelAttribute.MatchingType.SEQUENCE;
import static org.hpqr.information.ModelAttribute.MatchingType.SINGLE_VALUE;
import static org.hpqr.information.ModelAttribute.MatchingType.UNIVERSAL;
import static org.hpqr.information.ModelAttribute.MatchingType.WILD_CARD;
import static org.hpqr.information.ModelAttribute.ReturnType.ONE;
import static org.hpqr.information.ModelAttribute.ReturnType.ONE_IF;
import static org.hpqr.information.ModelAttribute.ReturnType.THREE;
import static org.hpqr.information.ModelAttribute.ReturnType.TWO;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.information.ModelAttribute.KeyType;
import org.hpqr.information.ModelAttribute.MatchingType;
import org.hpqr.information.ModelAttribute.ReturnType;

/**
 * The Hanging Protocol Information Model: PS3.4 Table U.6-1 with the coded entries of Tables 8-1a and 8-1b, and after
 * them what this SCP returns beyond it. Reading a request, matching, responding, indexing and the conformance statement
 * all go by these rows.
 *
 * <p>Specific Character Set (0008,0005) has no row: it says how the others are to be read, in a request, in an object
 * and in a response ({@link CharacterSets}).
 */
public final class HangingProtocolModel {

    private static final String U_6_1 = "PS3.4 Table U.6-1";
    private static final String T_8_1A = "PS3.4 Table 8-1a";
    private static final String T_8_1B = "PS3.4 Table 8-1b";
    public static final String EXTENSION = "extension";

    private static final ModelAttribute CODE_VALUE =
            key(Tag.CodeValue, "Code Value", VR.SH, REQUIRED_IF, ONE_IF, T_8_1B, SINGLE_VALUE, WILD_CARD);
    private static final ModelAttribute LONG_CODE_VALUE =
            key(Tag.LongCodeValue, "Long Code Value", VR.UC, REQUIRED_IF, ONE_IF, T_8_1B, SINGLE_VALUE, WILD_CARD);
    private static final ModelAttribute URN_CODE_VALUE =
            key(Tag.URNCodeValue, "URN Code Value", VR.UR, REQUIRED_IF, ONE_IF, T_8_1B, SINGLE_VALUE, WILD_CARD);

    /** The attributes of a coded entry that its value may stand in, according to its length and kind: in one of them. */
    public static final List<ModelAttribute> CODE_VALUES = List.of(CODE_VALUE, LONG_CODE_VALUE, URN_CODE_VALUE);

    private static final List<ModelAttribute> CODE_WITHOUT_EQUIVALENTS = List.of(
            CODE_VALUE,
            key(Tag.CodingSchemeDesignator, "Coding Scheme Designator", VR.SH, REQUIRED_IF, ONE_IF, T_8_1B,
                    SINGLE_VALUE, WILD_CARD),
            key(Tag.CodingSchemeVersion, "Coding Scheme Version", VR.SH, REQUIRED_IF, ONE_IF, T_8_1B, SINGLE_VALUE,
                    WILD_CARD),
            // never matched: the standard's own example (PS3.17 V.5) sends a meaning along with the code
            returned(Tag.CodeMeaning, "Code Meaning", VR.LO, ONE, T_8_1B),
            returned(Tag.MappingResource, "Mapping Resource", VR.CS, THREE, T_8_1B),
            returned(Tag.ContextGroupVersion, "Context Group Version", VR.DT, THREE, T_8_1B),
            returned(Tag.ContextGroupLocalVersion, "Context Group Local Version", VR.DT, THREE, T_8_1B),
            returned(Tag.ContextGroupExtensionFlag, "Context Group Extension Flag", VR.CS, THREE, T_8_1B),
            returned(Tag.ContextGroupExtensionCreatorUID, "Context Group Extension Creator UID", VR.UI, THREE, T_8_1B),
            returned(Tag.MappingResourceUID, "Mapping Resource UID", VR.UI, THREE, T_8_1B),
            LONG_CODE_VALUE,
            URN_CODE_VALUE);

    private static final List<ModelAttribute> CODE = with(CODE_WITHOUT_EQUIVALENTS,
            sequence(Tag.EquivalentCodeSequence, "Equivalent Code Sequence", OPTIONAL, THREE, T_8_1A,
                    CODE_WITHOUT_EQUIVALENTS));

    private static final List<ModelAttribute> DEFINITION = List.of(
            key(Tag.Modality, "Modality", VR.CS, REQUIRED, TWO, U_6_1, SINGLE_VALUE, WILD_CARD),
            sequence(Tag.AnatomicRegionSequence, "Anatomic Region Sequence", REQUIRED, TWO, U_6_1, CODE),
            key(Tag.Laterality, "Laterality", VR.CS, REQUIRED, TWO, U_6_1, SINGLE_VALUE, WILD_CARD),
            sequence(Tag.ProcedureCodeSequence, "Procedure Code Sequence", REQUIRED, TWO, U_6_1, CODE),
            sequence(Tag.ReasonForRequestedProcedureCodeSequence, "Reason for Requested Procedure Code Sequence",
                    REQUIRED, TWO, U_6_1, CODE));

    private static final List<ModelAttribute> SCREEN = List.of(
            returned(Tag.NumberOfVerticalPixels, "Number of Vertical Pixels", VR.US, ONE, U_6_1),
            returned(Tag.NumberOfHorizontalPixels, "Number of Horizontal Pixels", VR.US, ONE, U_6_1),
            returned(Tag.DisplayEnvironmentSpatialPosition, "Display Environment Spatial Position", VR.FD, ONE, U_6_1),
            returned(Tag.ScreenMinimumGrayscaleBitDepth, "Screen Minimum Grayscale Bit Depth", VR.US, ONE_IF, U_6_1),
            returned(Tag.ScreenMinimumColorBitDepth, "Screen Minimum Color Bit Depth", VR.US, ONE_IF, U_6_1),
            returned(Tag.ApplicationMaximumRepaintTime, "Application Maximum Repaint Time", VR.US, THREE, U_6_1));

    private static final List<ModelAttribute> SOURCE = List.of(
            returned(Tag.ReferencedSOPClassUID, "Referenced SOP Class UID", VR.UI, ONE, EXTENSION),
            returned(Tag.ReferencedSOPInstanceUID, "Referenced SOP Instance UID", VR.UI, ONE, EXTENSION));

    /** Hanging Protocol Name (0072,0002), by which answers are ordered. */
    public static final ModelAttribute NAME =
            key(Tag.HangingProtocolName, "Hanging Protocol Name", VR.SH, REQUIRED, ONE, U_6_1, SINGLE_VALUE, WILD_CARD);

    /** All of them, in the order of the standard's table; extensions last. */
    public static final List<ModelAttribute> ATTRIBUTES = List.of(
            key(Tag.SOPClassUID, "SOP Class UID", VR.UI, REQUIRED, ONE, U_6_1, SINGLE_VALUE, LIST_OF_UID),
            key(Tag.SOPInstanceUID, "SOP Instance UID", VR.UI, UNIQUE, ONE, U_6_1, SINGLE_VALUE, LIST_OF_UID),
            NAME,
            returned(Tag.HangingProtocolDescription, "Hanging Protocol Description", VR.LO, ONE, U_6_1),
            key(Tag.HangingProtocolLevel, "Hanging Protocol Level", VR.CS, REQUIRED, ONE, U_6_1, SINGLE_VALUE, WILD_CARD),
            returned(Tag.HangingProtocolCreator, "Hanging Protocol Creator", VR.LO, ONE, U_6_1),
            returned(Tag.HangingProtocolCreationDateTime, "Hanging Protocol Creation DateTime", VR.DT, ONE, U_6_1),
            sequence(Tag.HangingProtocolDefinitionSequence, "Hanging Protocol Definition Sequence", REQUIRED, ONE, U_6_1,
                    DEFINITION),
            key(Tag.NumberOfPriorsReferenced, "Number of Priors Referenced", VR.US, REQUIRED, ONE, U_6_1, SINGLE_VALUE),
            sequence(Tag.HangingProtocolUserIdentificationCodeSequence,
                    "Hanging Protocol User Identification Code Sequence", REQUIRED, TWO, U_6_1, CODE),
            key(Tag.HangingProtocolUserGroupName, "Hanging Protocol User Group Name", VR.LO, REQUIRED, THREE, U_6_1,
                    SINGLE_VALUE, WILD_CARD),
            key(Tag.NumberOfScreens, "Number of Screens", VR.US, REQUIRED, TWO, U_6_1, SINGLE_VALUE),
            sequence(Tag.NominalScreenDefinitionSequence, "Nominal Screen Definition Sequence", NONE, TWO, U_6_1, SCREEN),
            returned(Tag.RetrieveAETitle, "Retrieve AE Title", VR.AE, THREE, EXTENSION),
            sequence(Tag.SourceHangingProtocolSequence, "Source Hanging Protocol Sequence", NONE, THREE, EXTENSION, SOURCE),
            returned(Tag.PartialDataDisplayHandling, "Partial Data Display Handling", VR.CS, TWO, EXTENSION));

    private HangingProtocolModel() {
    }

    private static ModelAttribute key(int tag, String name, VR vr, KeyType key, ReturnType response, String clause,
                                      MatchingType... matching) {
        Set<MatchingType> types = EnumSet.of(UNIVERSAL, matching);
        return new ModelAttribute(tag, name, vr, key, response, types, List.of(), clause);
    }

    private static ModelAttribute sequence(int tag, String name, KeyType key, ReturnType response, String clause,
                                           List<ModelAttribute> items) {
        Set<MatchingType> types = key == NONE ? Set.of() : EnumSet.of(SEQUENCE, UNIVERSAL);
        return new ModelAttribute(tag, name, VR.SQ, key, response, types, items, clause);
    }

    private static ModelAttribute returned(int tag, String name, VR vr, ReturnType response, String clause) {
        return new ModelAttribute(tag, name, vr, NONE, response, Set.of(), List.of(), clause);
    }

    private static List<ModelAttribute> with(List<ModelAttribute> attributes, ModelAttribute one) {
        List<ModelAttribute> all = new ArrayList<>(attributes);
        all.add(one);
        return List.copyOf(all);
    }
}

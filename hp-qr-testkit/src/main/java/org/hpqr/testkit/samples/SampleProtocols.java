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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;

/**
 * Complete, valid Hanging Protocols (PS3.3 A.44). Each call makes a new data set, so a test may change what it gets.
 *
 * <p>{@link #ctOnePrior()}, {@link #chestXray()} and {@link #chestXrayLogin()} are the three objects of the query
 * example in PS3.17 V.5: what that example shows of them is as shown there, the rest is ours.
 */
public final class SampleProtocols {

    public static final String CT_ONE_PRIOR_UID = "1.2.840.10008.5.1.4.1.1.76392.999.2";
    public static final String CHEST_XRAY_UID = "1.2.840.123456.20030822.223344.1";
    public static final String CHEST_XRAY_LOGIN_UID = "1.2.840.113986.2.664566.21121125.85669.967";
    public static final String NEUROSURGERY_UID = "2.25.188412901847766139104720551830124417793";
    public static final String MAMMOGRAPHY_UID = "2.25.204410073715580362297119035624816040282";
    public static final String PRIVATE_UID = "2.25.97325481190657332164821740913358026611";
    public static final String LATIN1_UID = "2.25.311806274051939285516207747402681934057";
    public static final String UTF8_UID = "2.25.52719938043176460830217745596103388120";

    /** Owner of the private elements of {@link #privateElements()}. */
    public static final String PRIVATE_CREATOR = "HPQR SAMPLE 1";

    private SampleProtocols() {
    }

    /** PS3.17 V.5, first match: one reader's own protocol. */
    public static Attributes ctOnePrior() {
        Attributes protocol = protocol(CT_ONE_PRIOR_UID, "CT 1 prior", "Chest CT beside the one before", "SINGLE_USER",
                "Chan^Susan^H", "20030711093000", 1);
        put(protocol, Tag.HangingProtocolDefinitionSequence, definition("CT", null, chest()));
        put(protocol, Tag.HangingProtocolUserIdentificationCodeSequence,
                code("58489749P", "HOSP_ID", "Susan H. Chan"));
        put(protocol, Tag.ImageSetsSequence, imageSet("CT", current(1, "Chest CT"), prior(2, 1, "Chest CT before")));
        environment(protocol, 2);
        put(protocol, Tag.DisplaySetsSequence,
                displaySet(1, 1, 1, "Current", tiles(2, 2, LEFT_HALF)),
                displaySet(2, 1, 2, "Before", tiles(2, 2, RIGHT_HALF)));
        return protocol;
    }

    /** PS3.17 V.5, second match, and V.3: a chest protocol of the site for any modality. */
    public static Attributes chestXray() {
        Attributes protocol = protocol(CHEST_XRAY_UID, "Chest X-ray", "Projection views of the chest with the prior study",
                "SITE", "Radiology, ABC Hospital", "20030822150512", 1);
        put(protocol, Tag.HangingProtocolDefinitionSequence, definition(null, null, chest()));
        put(protocol, Tag.ImageSetsSequence,
                imageSet("CR", current(1, "Current CR"), prior(2, 1, "Prior CR")),
                imageSet("DX", current(3, "Current DX"), prior(4, 1, "Prior DX")));
        environment(protocol, 2, 2560, 2048);
        put(protocol, Tag.DisplaySetsSequence,
                displaySet(1, 1, 1, "Current CR", stack(LEFT_HALF)),
                displaySet(2, 1, 2, "Prior CR", stack(RIGHT_HALF)),
                displaySet(3, 2, 3, "Current DX", stack(LEFT_HALF)),
                displaySet(4, 2, 4, "Prior DX", stack(RIGHT_HALF)));
        return protocol;
    }

    /** PS3.17 V.5, third match: a reader's variant, made from {@link #chestXray()}. */
    public static Attributes chestXrayLogin() {
        Attributes protocol = protocol(CHEST_XRAY_LOGIN_UID, "Chest X-ray_LGon", "Chest DX, small screens", "SINGLE_USER",
                "Lgon", "20030903081755", 1);
        put(protocol, Tag.HangingProtocolDefinitionSequence, definition("DX", null, chest()));
        put(protocol, Tag.HangingProtocolUserIdentificationCodeSequence,
                code("Lgon", "99Local", "v40a", "log-in name"));
        Attributes source = new Attributes();
        source.setString(Tag.ReferencedSOPClassUID, VR.UI, protocol.getString(Tag.SOPClassUID));
        source.setString(Tag.ReferencedSOPInstanceUID, VR.UI, CHEST_XRAY_UID);
        put(protocol, Tag.SourceHangingProtocolSequence, source);
        put(protocol, Tag.ImageSetsSequence, imageSet("DX", current(1, "Current DX"), prior(2, 1, "Prior DX")));
        environment(protocol, 2, 1280, 1024);
        put(protocol, Tag.DisplaySetsSequence,
                displaySet(1, 1, 1, "Current DX", stack(LEFT_HALF)),
                displaySet(2, 1, 2, "Prior DX", stack(RIGHT_HALF)));
        return protocol;
    }

    /** After PS3.17 V.4: one protocol that needs two modalities, so its definition has two items. */
    public static Attributes neurosurgery() {
        Attributes protocol = protocol(NEUROSURGERY_UID, "NeurosurgeryPlan", "Planning of an operation on MR and CT of the head",
                "SITE", "Neuroradiology, ABC Hospital", "20040219114420.000+0100", 0);
        protocol.setString(Tag.HangingProtocolUserGroupName, VR.LO, "ABC Hospital");
        protocol.setString(Tag.PartialDataDisplayHandling, VR.CS, "MAINTAIN_LAYOUT");
        put(protocol, Tag.HangingProtocolDefinitionSequence, headForPlanning("MR"), headForPlanning("CT"));
        put(protocol, Tag.ImageSetsSequence,
                imageSet("MR", current(1, "MR of the head")), imageSet("CT", current(2, "CT of the head")));
        environment(protocol, 2, 1200, 1600);
        Attributes oblique = displaySet(3, 2, 1, "MR, oblique", stack(LEFT_HALF));
        oblique.setString(Tag.ReformattingOperationType, VR.CS, "MPR");
        oblique.setDouble(Tag.ReformattingThickness, VR.FD, 2);
        oblique.setDouble(Tag.ReformattingInterval, VR.FD, 2);
        oblique.setString(Tag.ReformattingOperationInitialViewDirection, VR.CS, "SAGITTAL");
        put(protocol, Tag.DisplaySetsSequence,
                displaySet(1, 1, 1, "MR", tiles(3, 2, LEFT_HALF)),
                displaySet(2, 1, 2, "CT", tiles(3, 2, RIGHT_HALF)),
                oblique,
                displaySet(4, 2, 2, "CT, axial", stack(RIGHT_HALF)));
        Attributes together = new Attributes();
        together.setInt(Tag.DisplaySetScrollingGroup, VR.US, 1, 2);
        put(protocol, Tag.SynchronizedScrollingSequence, together);
        return protocol;
    }

    /** A group's protocol, with a laterality, several definition items and four screens. */
    public static Attributes mammography() {
        Attributes protocol = protocol(MAMMOGRAPHY_UID, "MG Screening", "Both sides, two views, prior year below", "USER_GROUP",
                "Breast Centre", "20240105", 1);
        protocol.setString(Tag.HangingProtocolUserGroupName, VR.LO, "BREAST_READERS");
        put(protocol, Tag.HangingProtocolDefinitionSequence,
                definition("MG", "R", breast()), definition("MG", "L", breast()), definition("MG", "B", breast()));
        put(protocol, Tag.ImageSetsSequence, imageSet("MG", current(1, "This year"), prior(2, 1, "Last time")));
        environment(protocol, 4, 2560, 2048);
        put(protocol, Tag.DisplaySetsSequence,
                displaySet(1, 1, 1, "This year", stack(EVERYWHERE)), displaySet(2, 2, 2, "Last time", stack(EVERYWHERE)));
        return protocol;
    }

    /** With private elements: at the top, in a definition item, and in a private sequence of its own. */
    public static Attributes privateElements() {
        Attributes protocol = protocol(PRIVATE_UID, "CT Abdomen priv", "A vendor's protocol with private elements",
                "MANUFACTURER", "Vendor of a viewer", "20250314120000", 0);
        Attributes definition = definition("CT", null, code("818981001", "SCT", "Abdomen"));
        definition.setString(PRIVATE_CREATOR, 0x00710001, VR.LO, "With contrast");
        put(protocol, Tag.HangingProtocolDefinitionSequence, definition);
        put(protocol, Tag.ImageSetsSequence, imageSet("CT", current(1, "CT of the abdomen")));
        environment(protocol, 1, 1200, 1920);
        put(protocol, Tag.DisplaySetsSequence, displaySet(1, 1, 1, "All series", tiles(2, 1, EVERYWHERE)));
        protocol.setInt(PRIVATE_CREATOR, 0x00730010, VR.US, 3);
        Attributes tool = new Attributes();
        tool.setString(PRIVATE_CREATOR, 0x00730021, VR.SH, "ZOOM");
        tool.setDouble(PRIVATE_CREATOR, 0x00730022, VR.FD, 1.5);
        protocol.newSequence(PRIVATE_CREATOR, 0x00730020, 1).add(tool);
        return protocol;
    }

    /** Text in ISO_IR 100. */
    public static Attributes latin1() {
        Attributes protocol = protocol(LATIN1_UID, "Schädel Übers.", "Übersicht des Schädels, für die Ambulanz", "SITE",
                "Klinikum Süd", "20250601073000", 0);
        protocol.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 100");
        protocol.setString(Tag.HangingProtocolUserGroupName, VR.LO, "Ärzte der Nacht");
        put(protocol, Tag.HangingProtocolDefinitionSequence, definition("CR", null, code("69536005", "SCT", "Schädel")));
        put(protocol, Tag.ImageSetsSequence, imageSet("CR", current(1, "Schädel")));
        environment(protocol, 1, 1200, 1600);
        put(protocol, Tag.DisplaySetsSequence, displaySet(1, 1, 1, "Schädel", stack(EVERYWHERE)));
        return protocol;
    }

    /** Text in ISO_IR 192 (UTF-8). */
    public static Attributes utf8() {
        Attributes protocol = protocol(UTF8_UID, "胸部 CT 1 prior", "胸部 CT と一つ前の検査", "SITE", "放射線科", "20250704101500", 1);
        protocol.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
        protocol.setString(Tag.HangingProtocolUserGroupName, VR.LO, "読影室 Zürich");
        put(protocol, Tag.HangingProtocolDefinitionSequence, definition("CT", null, code("51185008", "SCT", "胸部")));
        put(protocol, Tag.ImageSetsSequence, imageSet("CT", current(1, "今回"), prior(2, 1, "前回")));
        environment(protocol, 2, 1536, 2048);
        put(protocol, Tag.DisplaySetsSequence,
                displaySet(1, 1, 1, "今回", stack(LEFT_HALF)), displaySet(2, 1, 2, "前回", stack(RIGHT_HALF)));
        return protocol;
    }

    /** All of them, each under the name of its file in {@code src/samples}. */
    public static Map<String, Supplier<Attributes>> all() {
        Map<String, Supplier<Attributes>> all = new LinkedHashMap<>();
        all.put("ct-one-prior.dcm", SampleProtocols::ctOnePrior);
        all.put("chest-xray.dcm", SampleProtocols::chestXray);
        all.put("chest-xray-login.dcm", SampleProtocols::chestXrayLogin);
        all.put("neurosurgery.dcm", SampleProtocols::neurosurgery);
        all.put("mammography.dcm", SampleProtocols::mammography);
        all.put("private.dcm", SampleProtocols::privateElements);
        all.put("latin1.dcm", SampleProtocols::latin1);
        all.put("utf8.dcm", SampleProtocols::utf8);
        return all;
    }

    private static Attributes headForPlanning(String modality) {
        Attributes definition = definition(modality, null, code("69536005", "SCT", "Head"));
        put(definition, Tag.ProcedureCodeSequence, code("98765", "99Local", "1.5", "NeuroSurgery Plan Local5"));
        put(definition, Tag.ReasonForRequestedProcedureCodeSequence, code("I67.1", "I10", "Cerebral aneurysm"));
        return definition;
    }

    private static Attributes chest() {
        return code("51185008", "SCT", "Chest");
    }

    private static Attributes breast() {
        return code("76752008", "SCT", "Breast");
    }
}

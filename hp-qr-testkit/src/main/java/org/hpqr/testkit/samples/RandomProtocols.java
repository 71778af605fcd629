package org.hpqr.testkit.samples;

import static org.hpqr.testkit.samples.ProtocolParts.LEFT_HALF;
import static org.hpqr.testkit.samples.ProtocolParts.RIGHT_HALF;
import static org.hpqr.testkit.samples.ProtocolParts.code;
import static org.hpqr.testkit.samples.ProtocolParts.current;
import static org.hpqr.testkit.samples.ProtocolParts.displaySet;
import static org.hpqr.testkit.samples.ProtocolParts.environment;
import static org.hpqr.testkit.samples.ProtocolParts.imageSet;
import static org.hpqr.testkit.samples.ProtocolParts.prior;
import static org.hpqr.testkit.samples.ProtocolParts.protocol;
import static org.hpqr.testkit.samples.ProtocolParts.put;
import static org.hpqr.testkit.samples.ProtocolParts.stack;

import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;

/**
 * Makes Hanging Protocols by chance, with the vocabulary and the mix of a hospital. The same seed makes the same
 * protocols, with every toolkit: text outside the default repertoire is encoded here, not by the toolkit.
 *
 * <p>What real objects have and tests easily forget is among them: definitions of two items, items without a modality,
 * items with several regions, Number of Screens without a value, user code present or not, private elements, names in
 * ISO_IR 100, ISO_IR 192 and ISO 2022 IR 87, and codes of more than 16 characters.
 */
public final class RandomProtocols {

    public static final List<String> MODALITIES =
            List.of("CR", "DX", "CT", "MR", "MG", "US", "PT", "NM", "XA", "RF", "IO", "PX", "OP");

    /** Value, scheme, meaning. The chest stands here three times: the code for it changed over the years. */
    private static final String[][] REGIONS = {
            {"T-D3000", "SRT", "Chest"}, {"51185008", "SCT", "Chest"}, {"816094009", "SCT", "Thorax"},
            {"69536005", "SCT", "Head"}, {"76752008", "SCT", "Breast"}, {"72696002", "SCT", "Knee"},
            {"16982005", "SCT", "Shoulder"}, {"122496007", "SCT", "Lumbar spine"}, {"122494005", "SCT", "Cervical spine"},
            {"122495006", "SCT", "Thoracic spine"}, {"45048000", "SCT", "Neck"}, {"85562004", "SCT", "Hand"},
            {"56459004", "SCT", "Foot"}, {"29836001", "SCT", "Hip"}, {"12738006", "SCT", "Brain"},
            {"818981001", "SCT", "Abdomen"}, {"816092008", "SCT", "Pelvis"}, {"818982008", "SCT", "Abdomen and Pelvis"},
            {"416775004", "SCT", "Chest, Abdomen and Pelvis"}, {"10200004", "SCT", "Liver"},
            {"70258002", "SCT", "Ankle joint"}, {"74670003", "SCT", "Wrist joint"}, {"T-D1100", "SRT", "Head"}};

    private static final String[] GROUPS = {"NEURO_READERS", "NEURO_CLINIC", "BREAST_READERS", "ABC Hospital", "ER"};

    /** Of a hospital. */
    private static final int USERS = 75;

    private final Random random;
    private final int users;

    public RandomProtocols(long seed) {
        this(seed, USERS);
    }

    /** @param users among how many users the protocols of single users are divided */
    public RandomProtocols(long seed, int users) {
        random = new Random(seed);
        this.users = users;
    }

    /** The next protocol: complete and valid. */
    public Attributes next() {
        String modality = pick(MODALITIES);
        String[] region = REGIONS[random.nextInt(REGIONS.length)];
        int priors = random.nextInt(4);
        Attributes protocol = protocol(uid(), name(modality, region, priors), region[2] + " by " + modality, "SITE",
                "Radiology", String.format("20%02d%02d%02d1200", random.nextInt(26), 1 + random.nextInt(12),
                        1 + random.nextInt(28)), priors);
        owner(protocol);
        definitions(protocol, modality, region);
        put(protocol, Tag.ImageSetsSequence, imageSet(modality, current(1, "Current"), prior(2, 1, "Prior")));
        screens(protocol);
        put(protocol, Tag.DisplaySetsSequence, displaySet(1, 1, 1, "Current", stack(LEFT_HALF)),
                displaySet(2, 1, 2, "Prior", stack(RIGHT_HALF)));
        if (random.nextInt(20) == 0)
            protocol.setString("HPQR RANDOM", 0x00730001, VR.LO, "private");
        foreignName(protocol);
        return protocol;
    }

    /** The next {@code count} protocols. */
    public List<Attributes> next(int count) {
        Attributes[] protocols = new Attributes[count];
        Arrays.setAll(protocols, i -> next());
        return List.of(protocols);
    }

    private String uid() {
        return "2.25." + new BigInteger(120, random).setBit(119);
    }

    private String name(String modality, String[] region, int priors) {
        if (modality.equals("IO") || modality.equals("PX"))
            return String.format("DL-%s%03d%s", pick(List.of("S", "P", "C")), 1 + random.nextInt(12), pick(List.of("A", "B", "G")));
        String text = modality + " " + region[2];
        return (text.length() > 13 ? text.substring(0, 13) : text) + " " + priors + "p";
    }

    /** Level, user and group. As in real archives most protocols are single users'. */
    private void owner(Attributes protocol) {
        int chance = random.nextInt(20);
        if (chance == 0) {
            protocol.setString(Tag.HangingProtocolLevel, VR.CS, "MANUFACTURER");
        } else if (chance < 3) {
            protocol.setString(Tag.HangingProtocolUserGroupName, VR.LO, "ABC Hospital");
        } else if (chance < 6) {
            protocol.setString(Tag.HangingProtocolLevel, VR.CS, "USER_GROUP");
            protocol.setString(Tag.HangingProtocolUserGroupName, VR.LO, GROUPS[random.nextInt(GROUPS.length)]);
        } else {
            protocol.setString(Tag.HangingProtocolLevel, VR.CS, "SINGLE_USER");
            int user = random.nextInt(users);
            put(protocol, Tag.HangingProtocolUserIdentificationCodeSequence, user % 5 == 0
                    ? code("login" + user, "99Local", "v" + user % 2, "log-in name")
                    : code(String.valueOf(58_489_700 + user), "HOSP_ID", "Reader " + user));
        }
    }

    private void definitions(Attributes protocol, String modality, String[] region) {
        Attributes[] items = new Attributes[random.nextInt(6) == 0 ? 2 : 1];
        for (int i = 0; i < items.length; i++) {
            Attributes item = new Attributes();
            if (i > 0)
                item.setString(Tag.Modality, VR.CS, pick(MODALITIES));
            else if (random.nextInt(10) > 0)
                item.setString(Tag.Modality, VR.CS, modality);
            if (!item.contains(Tag.Modality) || random.nextInt(10) > 0) {
                Attributes[] regions = new Attributes[random.nextInt(8) == 0 ? 2 : 1];
                Arrays.setAll(regions, j -> {
                    String[] code = j == 0 ? region : REGIONS[random.nextInt(REGIONS.length)];
                    return code(code[0], code[1], code[2]);
                });
                put(item, Tag.AnatomicRegionSequence, regions);
                item.setString(Tag.Laterality, VR.CS, modality.equals("MG") || region[2].equals("Knee")
                        ? pick(List.of("R", "L", "B")) : null);
            }
            item.setNull(Tag.ProcedureCodeSequence, VR.SQ);
            if (random.nextInt(8) == 0)
                put(item, Tag.ProcedureCodeSequence, random.nextBoolean()
                        ? code("98765", "99Local", "1.5", "NeuroSurgery Plan Local5") : longCode());
            item.setNull(Tag.ReasonForRequestedProcedureCodeSequence, VR.SQ);
            if (random.nextInt(8) == 0)
                put(item, Tag.ReasonForRequestedProcedureCodeSequence, code("I67.1", "I10", "Cerebral aneurysm"));
            items[i] = item;
        }
        put(protocol, Tag.HangingProtocolDefinitionSequence, items);
    }

    private Attributes longCode() {
        Attributes code = new Attributes();
        code.setString(Tag.LongCodeValue, VR.UC, "PROCEDURE-PLAN-" + (100_000 + random.nextInt(3)));
        code.setString(Tag.CodingSchemeDesignator, VR.SH, "99Local");
        code.setString(Tag.CodeMeaning, VR.LO, "A procedure with a long code");
        return code;
    }

    private void screens(Attributes protocol) {
        int screens = random.nextInt(5);
        if (screens > 0 && random.nextBoolean())
            environment(protocol, screens, 2560, 2048);
        else
            environment(protocol, screens);
        if (screens == 0)
            protocol.setNull(Tag.NumberOfScreens, VR.US);
    }

    private void foreignName(Attributes protocol) {
        switch (random.nextInt(12)) {
            case 0 -> name(protocol, StandardCharsets.ISO_8859_1, "Schädel " + random.nextInt(9), "ISO_IR 100");
            case 1 -> name(protocol, StandardCharsets.UTF_8, "胸部 " + random.nextInt(9), "ISO_IR 192");
            case 2 -> name(protocol, Charset.forName("ISO-2022-JP"), "胸部 " + random.nextInt(9), "", "ISO 2022 IR 87");
            default -> { }
        }
    }

    private static void name(Attributes protocol, Charset charset, String name, String... characterSets) {
        protocol.setString(Tag.SpecificCharacterSet, VR.CS, characterSets);
        protocol.setBytes(Tag.HangingProtocolName, VR.SH, name.getBytes(charset));
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}

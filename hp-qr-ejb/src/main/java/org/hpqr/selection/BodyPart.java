package org.hpqr.selection;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Correspondence of Body Part Examined (0018,0015) and the codes of anatomic regions, PS3.16 Annex L: the common regions,
 * and of the others those that radiology meets. A term has several codes where the standard's code for it changed.
 *
 * @param term a defined term of Body Part Examined
 */
record BodyPart(String term, List<Code> codes) {

    /** Term, then its codes, of scheme SCT if no other is written before. */
    private static final String ANNEX_L = """
            ABDOMEN 818981001 113345001 SRT:T-D4000
            ABDOMENPELVIS 818982008 416949008 SRT:R-FAB57
            ABDOMINALAORTA 7832008 SRT:T-42500
            ACJOINT 85856004 SRT:T-15420
            ADRENAL 23451007 SRT:T-B3000
            ANKLE 70258002 SRT:T-15750
            AORTA 15825003 SRT:T-42000
            AORTICARCH 57034009 SRT:T-42300
            APPENDIX 66754008 SRT:T-59200
            AXILLA 91470000 SRT:T-D8104
            BACK 77568009 SRT:T-D2100
            BILEDUCT 28273000 SRT:T-60610
            BILIARYTRACT 34707002
            BLADDER 89837001 SRT:T-74000
            BRAIN 12738006 SRT:T-A0100
            BREAST 76752008 SRT:T-04000
            BRONCHUS 955009 SRT:T-26000
            BUTTOCK 46862004 SRT:T-D2600
            CALCANEUS 80144004 SRT:T-12770
            CALF 53840002 SRT:T-D9440
            CAROTID 69105007 SRT:T-45010
            CEREBELLUM 113305005 SRT:T-A6000
            CERVIX 71252005 SRT:T-83200
            CHEST 816094009 51185008 SRT:T-D3000
            CHESTABDOMEN 416550000 SRT:R-FAB55
            CHESTABDPELVIS 416775004 SRT:R-FAB56
            CIRCLEOFWILLIS 11279006 SRT:T-45520
            CLAVICLE 51299004 SRT:T-12310
            COCCYX 64688005 SRT:T-11BF0
            COLON 71854001 SRT:T-59300
            COMMONBILEDUCT 79741001
            CORONARYARTERY 41801008 SRT:T-43000
            CSPINE 122494005 SRT:T-11501
            CTSPINE 1217257000 297171002 SRT:T-D00F7
            DUODENUM 38848004 SRT:T-58200
            EAR 117590005 SRT:T-AB001
            ELBOW 16953009 SRT:T-15430
            ESOPHAGUS 32849002 SRT:T-56000
            EXTREMITY 66019005 SRT:T-D0300
            EYE 81745001 SRT:T-AA000
            FACE 89545001 SRT:T-D1200
            FEMUR 71341001 SRT:T-12710
            FIBULA 87342007 SRT:T-12750
            FINGER 7569003 SRT:T-D8800
            FOOT 56459004 SRT:T-D9700
            FOREARM 14975008 SRT:T-D8500
            GALLBLADDER 28231008 SRT:T-63000
            HAND 85562004 SRT:T-D8700
            HEAD 69536005 SRT:T-D1100
            HEADNECK 774007 SRT:T-D1000
            HEART 80891009 SRT:T-32000
            HIP 24136001 SRT:T-15710 29836001 SRT:T-D2500
            HUMERUS 85050009 SRT:T-12410
            IAC 361078006 SRT:T-AB959
            ILEUM 34516001 SRT:T-58600
            ILIUM 22356005 SRT:T-12340
            JAW 661005 SRT:T-D1213
            JEJUNUM 21306003 SRT:T-58400
            KIDNEY 64033007 SRT:T-71000
            KNEE 72696002 SRT:T-D9200
            LARGEINTESTINE 14742008 SRT:T-59000
            LARYNX 4596009 SRT:T-24100
            LIVER 10200004 SRT:T-62000
            LOWERLEG 30021000 SRT:T-D9400
            LOWERLIMB 61685007 SRT:T-D9000
            LSPINE 122496007 SRT:T-11503
            LSSPINE 1217253001 297173004 SRT:T-D00F9
            LUNG 39607008 SRT:T-28000
            LVENTRICLE 87878005 SRT:T-32600
            MANDIBLE 91609006 SRT:T-11180
            MASTOID 59066005 SRT:T-11133
            MAXILLA 70925003 SRT:T-11170
            MEDIASTINUM 72410000 SRT:T-D3300
            MOUTH 123851003 SRT:T-D0662
            NECK 45048000 SRT:T-D1600
            NECKCHEST 417437006 SRT:R-FAB52
            NECKCHESTABDOMEN 416152001 SRT:R-FAB53
            NECKCHESTABDPELV 416319003 SRT:R-FAB54
            NOSE 45206002 SRT:T-21000
            OPTICCANAL 55024004 SRT:T-11102
            ORBIT 363654007 SRT:T-D14AE
            OVARY 15497006 SRT:T-87000
            PANCBILEDUCT 110621006 SRT:T-65600
            PANCREAS 15776009 SRT:T-65000
            PANCREATICDUCT 69930009 SRT:T-65010
            PAROTID 45289007 SRT:T-61100
            PATELLA 64234005 SRT:T-12730
            PELVIS 816092008 12921003 SRT:T-D6000
            PELVISLOWEXTREMT 1231522001 416631005 SRT:R-FAB58
            PENIS 18911002 SRT:T-91000
            PERINEUM 38864007 SRT:T-D2700
            PHANTOM 706342009 DCM:113681
            PHARYNX 54066008 SRT:T-55000
            PLACENTA 78067005 SRT:T-F1100
            PROSTATE 41216001 SRT:T-92000
            PULMONARYA 81040000 SRT:T-44000
            RADIUS 62413002 SRT:T-12420
            RADIUSULNA 110535000 SRT:T-12403
            RECTUM 34402009 SRT:T-59600
            RENALA 2841007 SRT:T-46600
            RETROPERITONEUM 82849001 SRT:T-D4900
            RIB 113197003 SRT:T-11300
            SCAPULA 79601000 SRT:T-12280
            SCJOINT 7844006 SRT:T-15610
            SCROTUM 20233005 SRT:T-98000
            SELLA 42575006 SRT:T-D1460
            SESAMOID 58742003 SRT:T-12980
            SHOULDER 16982005 SRT:T-D2220
            SIJOINT 39723000 SRT:T-15680
            SKULL 89546000 SRT:T-11100
            SMALLINTESTINE 30315005 SRT:T-58000
            SPINALCORD 2748008 SRT:T-A7010
            SPINE 421060004 SRT:T-D04FF
            SPLEEN 78961009 SRT:T-C3000
            SSPINE 54735007 SRT:T-11AD0
            STERNUM 56873002 SRT:T-11210
            STOMACH 69695003 SRT:T-57000
            SUBMANDIBULAR 54019009 SRT:T-61300
            TESTIS 40689003 SRT:T-94000
            THIGH 68367000 SRT:T-D9100
            THORACICAORTA 113262008 SRT:T-42070
            THUMB 76505004 SRT:T-D8810
            THYMUS 9875009 SRT:T-C8000
            THYROID 69748006 SRT:T-B6000
            TIBIA 12611008 SRT:T-12740
            TIBIAFIBULA 110536004 SRT:T-12701
            TLSPINE 1217256009 297172009 SRT:T-D00F8
            TMJ 53620006 SRT:T-15290
            TOE 29707007 SRT:T-D9800
            TONGUE 21974007 SRT:T-53000
            TRACHEA 44567001 SRT:T-25000
            TSPINE 122495006 SRT:T-11502
            ULNA 23416004 SRT:T-12430
            UPPERARM 40983000 SRT:T-D8200
            UPPERLIMB 53120007 SRT:T-D8000
            UPRURINARYTRACT 431491007 SRT:T-7000B
            URETER 87953007 SRT:T-73000
            URETHRA 13648007 SRT:T-75000
            UTERUS 35039007 SRT:T-83000
            VAGINA 76784001 SRT:T-82000
            WHOLEBODY 38266002 SRT:T-D0010
            WRIST 74670003 SRT:T-15460
            ZYGOMA 13881006 SRT:T-11166
            """;

    /** Schemes of the older edition of SNOMED with the same values as SRT (PS3.16 8.1.1). */
    private static final Set<String> SAME_AS_SRT = Set.of("SNM3", "99SDM");

    private static final Map<String, BodyPart> BY_TERM = new HashMap<>();
    private static final Map<String, BodyPart> BY_CODE = new HashMap<>();

    static {
        ANNEX_L.lines().map(line -> line.split(" ")).forEach(row -> {
            List<Code> codes = Arrays.stream(row).skip(1).map(BodyPart::code).toList();
            BodyPart part = new BodyPart(row[0], codes);
            BY_TERM.put(part.term, part);
            codes.forEach(code -> BY_CODE.put(key(code), part));
        });
    }

    /** The row of a value of Body Part Examined; empty if it is not in the table. */
    static Optional<BodyPart> ofTerm(String term) {
        return Optional.ofNullable(BY_TERM.get(term));
    }

    /** The row that has this code; empty if none has. */
    static Optional<BodyPart> ofCode(Code region) {
        return Optional.ofNullable(BY_CODE.get(key(region)));
    }

    private static Code code(String text) {
        int colon = text.indexOf(':');
        return colon < 0 ? new Code(text, "SCT", null)
                : new Code(text.substring(colon + 1), text.substring(0, colon), null);
    }

    private static String key(Code code) {
        return (code.scheme() != null && SAME_AS_SRT.contains(code.scheme()) ? "SRT" : code.scheme()) + ' ' + code.value();
    }
}

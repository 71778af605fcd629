package org.hpqr.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.dcm4che3.data.ElementDictionary;
import org.junit.jupiter.api.Test;
import org.hpqr.information.HangingProtocolModel;
import org.hpqr.information.ModelAttribute;
import org.hpqr.testkit.standard.Clause;

/** The table in the code is PS3.4 Table U.6-1 with the coded entries of Tables 8-1a and 8-1b. */
class HangingProtocolModelTest {

    private static final String CODE = """
            %1$s00080100 SH RC 1C S,W,Uv
            %1$s00080102 SH RC 1C S,W,Uv
            %1$s00080103 SH RC 1C S,W,Uv
            %1$s00080104 LO - 1
            %1$s00080105 CS - 3
            %1$s00080106 DT - 3
            %1$s00080107 DT - 3
            %1$s0008010B CS - 3
            %1$s0008010D UI - 3
            %1$s00080118 UI - 3
            %1$s00080119 UC RC 1C S,W,Uv
            %1$s00080120 UR RC 1C S,W,Uv
            """;
    private static final String CODE_WITH_EQUIVALENTS = CODE + "%1$s00080121 SQ O 3 Uv,SQ\n" + CODE.replace("%1$s", "%1$s>");

    /** Tag, VR, matching key type, return key type, types of matching. */
    private static final String TABLE = """
            00080016 UI R 1 S,L,Uv
            00080018 UI U 1 S,L,Uv
            00720002 SH R 1 S,W,Uv
            00720004 LO - 1
            00720006 CS R 1 S,W,Uv
            00720008 LO - 1
            0072000A DT - 1
            0072000C SQ R 1 Uv,SQ
            >00080060 CS R 2 S,W,Uv
            >00082218 SQ R 2 Uv,SQ
            """ + CODE_WITH_EQUIVALENTS.formatted(">>") + """
            >00200060 CS R 2 S,W,Uv
            >00081032 SQ R 2 Uv,SQ
            """ + CODE_WITH_EQUIVALENTS.formatted(">>") + """
            >0040100A SQ R 2 Uv,SQ
            """ + CODE_WITH_EQUIVALENTS.formatted(">>") + """
            00720014 US R 1 S,Uv
            0072000E SQ R 2 Uv,SQ
            """ + CODE_WITH_EQUIVALENTS.formatted(">") + """
            00720010 LO R 3 S,W,Uv
            00720100 US R 2 S,Uv
            00720102 SQ - 2
            >00720104 US - 1
            >00720106 US - 1
            >00720108 FD - 1
            >0072010A US - 1C
            >0072010C US - 1C
            >0072010E US - 3
            00080054 AE - 3
            00720012 SQ - 3
            >00081150 UI - 1
            >00081155 UI - 1
            00720208 CS - 2
            """;

    /** Table U.6-1, Tables 8-1a and 8-1b. */
    @Clause({"Table U.6-1", "8-1a"})
    @Test
    void rowsAreThoseOfTableU61AndTheExtensions() {
        assertEquals(TABLE, rows("", HangingProtocolModel.ATTRIBUTES).stream().collect(Collectors.joining("\n", "", "\n")));
    }

    @Test
    void representationsAndNamesAreThoseOfPs36() {
        for (ModelAttribute attribute : all(HangingProtocolModel.ATTRIBUTES)) {
            assertEquals(ElementDictionary.vrOf(attribute.tag(), null), attribute.vr(), attribute.name());
            assertTrue(ElementDictionary.keywordOf(attribute.tag(), null).equalsIgnoreCase(attribute.name().replace(" ", "")),
                    attribute.name());
        }
    }

    @Test
    void everyRowNamesItsClause() {
        for (ModelAttribute attribute : all(HangingProtocolModel.ATTRIBUTES)) {
            boolean coded = attribute.tag() >>> 8 == 0x000801;
            String clause = !coded ? "PS3.4 Table U.6-1" : attribute.isSequence() ? "PS3.4 Table 8-1a" : "PS3.4 Table 8-1b";
            boolean extension = List.of(0x00080054, 0x00720012, 0x00081150, 0x00081155, 0x00720208).contains(attribute.tag());
            assertEquals(extension ? "extension" : clause, attribute.clause(), attribute.name());
        }
    }

    private static List<String> rows(String prefix, List<ModelAttribute> attributes) {
        List<String> rows = new ArrayList<>();
        for (ModelAttribute attribute : attributes) {
            String types = attribute.matching().stream().sorted().map(TableSymbols::of).collect(Collectors.joining(","));
            rows.add(String.format("%s%08X %s %s %s %s", prefix, attribute.tag(), attribute.vr(), TableSymbols.of(attribute.key()),
                    TableSymbols.of(attribute.response()), types).trim());
            rows.addAll(rows(prefix + ">", attribute.items()));
        }
        return rows;
    }

    static List<ModelAttribute> all(List<ModelAttribute> attributes) {
        List<ModelAttribute> all = new ArrayList<>(attributes);
        attributes.forEach(attribute -> all.addAll(all(attribute.items())));
        return all;
    }
}

package org.hpqr.store.iod;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dcm4che3.data.Tag;

/** Where the standard has the rules: the table of a module or macro, of the value representations, or of the data elements. */
final class Clauses {

    private static final String REPRESENTATIONS = "PS3.5 Table 6.2-1";
    private static final String ELEMENTS = "PS3.6 Table 6-1";
    private static final String SCREENS = "PS3.3 Table C.23.2-2";

    /** Macros: their attributes mean the same wherever they stand. */
    private static final Map<Integer, String> MACROS = byTag(Map.of(
            "PS3.3 Table 8.8-1", CodeSequenceMacro.TABLE,
            "PS3.3 Table 10-11", SopInstanceReferenceMacro.TABLE,
            "PS3.3 Table C.23.4-1", SelectorMacros.CONTEXT,
            "PS3.3 Table C.23.4-2", SelectorMacros.VALUE));

    /** Modules, by the attributes at the top of a data set. */
    private static final Map<Integer, String> MODULES = byTag(Map.of(
            "PS3.3 Table C.12-1", SopCommonModule.TABLE,
            "PS3.3 Table C.23.1-1", HangingProtocolDefinitionModule.TABLE,
            "PS3.3 Table C.23.2-1", HangingProtocolEnvironmentModule.TABLE,
            "PS3.3 Table C.23.3-1", HangingProtocolDisplayModule.TABLE));

    private Clauses() {
    }

    private static Map<Integer, String> byTag(Map<String, List<IodAttribute>> tables) {
        Function<Map.Entry<String, List<IodAttribute>>, Stream<Map.Entry<Integer, String>>> rows = table ->
                table.getValue().stream().map(row -> Map.entry(row.tag(), table.getKey()));
        return tables.entrySet().stream().flatMap(rows).collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The table that has the rule which is broken. */
    static String of(Violation violation) {
        int element = violation.elements().get(0);
        if (Format.isFault(violation.rule()) || violation.rule().equals(HangingProtocolIod.CUT_SHORT))
            return REPRESENTATIONS;
        if (List.of(HangingProtocolIod.WRONG_VR, HangingProtocolIod.WRONG_VM).contains(violation.rule()))
            return ELEMENTS;
        if (MACROS.containsKey(element))
            return MACROS.get(element);
        int module = violation.place().isEmpty() ? element : (int) Long.parseLong(violation.place().substring(0, 8), 16);
        return module == Tag.NominalScreenDefinitionSequence && module != element ? SCREENS : MODULES.get(module);
    }
}

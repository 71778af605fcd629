package org.hpqr.testkit.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RandomProtocolsTest {

    private final List<Attributes> protocols = new RandomProtocols(1).next(1_000);

    @Test
    void sameSeedMakesTheSameProtocols() {
        assertEquals(protocols, new RandomProtocols(1).next(1_000));
        assertNotEquals(protocols.get(0), new RandomProtocols(2).next());
    }

    @Test
    void everyProtocolHasAUidOfItsOwnAndCanBeWritten() throws IOException {
        HashSet<String> uids = new HashSet<>();
        for (Attributes protocol : protocols) {
            assertTrue(uids.add(protocol.getString(Tag.SOPInstanceUID)));
            assertTrue(WriteSamples.toFile(protocol).length > 1_000);
        }
    }

    /** What tests of a search have to meet. */
    @TestFactory
    List<DynamicTest> includes() {
        return List.of(
                some("two-item definitions", p -> definitions(p).size() == 2),
                some("items without Modality", p -> definitions(p).stream().anyMatch(d -> !d.contains(Tag.Modality))),
                some("items with several regions", p -> definitions(p).stream()
                        .map(d -> d.getSequence(Tag.AnatomicRegionSequence)).filter(Objects::nonNull)
                        .anyMatch(regions -> regions.size() > 1)),
                some("zero-length Number of Screens", p -> !p.containsValue(Tag.NumberOfScreens)),
                some("no user code", p -> !p.containsValue(Tag.HangingProtocolUserIdentificationCodeSequence)),
                some("private elements", p -> p.contains("HPQR RANDOM", 0x00730001)),
                some("ISO_IR 100 names", p -> "ISO_IR 100".equals(p.getString(Tag.SpecificCharacterSet))),
                some("ISO_IR 192 names", p -> "ISO_IR 192".equals(p.getString(Tag.SpecificCharacterSet))),
                some("ISO 2022 IR 87 names", p -> "ISO 2022 IR 87".equals(p.getString(Tag.SpecificCharacterSet, 1))),
                some("long codes", p -> definitions(p).stream()
                        .map(d -> d.getNestedDataset(Tag.ProcedureCodeSequence)).filter(Objects::nonNull)
                        .anyMatch(code -> code.contains(Tag.LongCodeValue))),
                some("dental layout names", p -> p.getString(Tag.HangingProtocolName, "").startsWith("DL-")),
                some("each of the three chests", p -> p.getString(Tag.HangingProtocolDescription).startsWith("Thorax")));
    }

    private DynamicTest some(String what, Predicate<Attributes> is) {
        return DynamicTest.dynamicTest(what, () -> assertTrue(protocols.stream().anyMatch(is)));
    }

    private static Sequence definitions(Attributes protocol) {
        return protocol.getSequence(Tag.HangingProtocolDefinitionSequence);
    }
}

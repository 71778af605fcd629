package org.hpqr.ohif;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table in docs/viewers.md, its examples ({@link DicomRow}, {@link OhifRow}) and the diagnostics name the same. */
class MappingTableTest {

    private static Set<String> documented(Predicate<MappingTable.Entry> which) throws IOException {
        return MappingTable.documented().stream().filter(which).map(MappingTable.Entry::key).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void eachRowIsTestedFromDicom() throws IOException {
        assertEquals(documented(MappingTable.Entry::isInDicom), keys(DicomRow.all().map(DicomRow::table)));
    }

    @Test
    void eachRowIsTestedFromOhif() throws IOException {
        assertEquals(documented(MappingTable.Entry::isInOhif), keys(OhifRow.all().map(OhifRow::table)));
    }

    @Test
    void whatIsReportedIsSaid() throws IOException {
        assertEquals(documented(MappingTable.Entry::isReported),
                keys(Stream.concat(DicomRow.all().filter(row -> !row.reported().isEmpty() || row.table() == MappingTable.ABSTRACT_PRIOR).map(DicomRow::table),
                        OhifRow.all().filter(row -> !row.reported().isEmpty()).map(OhifRow::table))));
    }

    /** Each diagnostic has an example. */
    @Test
    void eachLossIsTested() {
        Stream<Diagnostic> ofSample = ToOhif.convert(SampleProtocol.make()).diagnostics().stream();
        Set<String> reported = Stream.of(ofSample.map(Diagnostic::code), DicomRow.all().map(DicomRow::reported).flatMap(MappingTableTest::codes),
                OhifRow.all().map(OhifRow::reported).flatMap(MappingTableTest::codes), Stream.of("original"))
                .flatMap(codes -> codes).collect(Collectors.toCollection(TreeSet::new));

        assertEquals(new TreeSet<>(Mapping.messages()), reported);
    }

    private static Stream<String> codes(Collection<String> pathsAndCodes) {
        return pathsAndCodes.stream().map(text -> text.substring(text.lastIndexOf(' ') + 1));
    }

    private static Set<String> keys(Stream<MappingTable> rows) {
        return rows.map(MappingTable::key).collect(Collectors.toCollection(TreeSet::new));
    }
}

package org.hpqr.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which package of the plugin may use which: the table of docs/architecture.md has what each is for. */
class PackagesTest {

    private static final JavaClasses PLUGIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.hpqr");

    @Test
    void noTwoPackagesUseEachOther() {
        slices().matching("org.hpqr.(*)..").should().beFreeOfCycles().check(PLUGIN);
    }

    /** What can be done with protocols is the same over DIMSE and over HTTP. */
    @Test
    void theServiceAndWhatItUsesKnowNeitherAssociationsNorHttp() {
        noClasses().that().resideInAnyPackage(names("service", "query", "store", "retrieve", "selection", "catalogue", "information", "commitment", "integrity",
                        "database", "dataset", "status"))
                .should().dependOnClassesThat().resideInAnyPackage("org.dcm4che3.net..", "jakarta.ws.rs..").check(PLUGIN);
    }

    @ParameterizedTest
    @CsvSource({
        "service, dimse monitor",
        "query, service dimse store retrieve selection",
        "store, service dimse query retrieve selection",
        "retrieve, service dimse query store selection",
        "selection, service dimse query store retrieve",
        "ohif, service dimse query store retrieve selection catalogue database",
        "catalogue, service dimse query store retrieve selection",
        "information, service dimse query store retrieve selection catalogue database",
        "database, service dimse query store retrieve selection catalogue information",
        "dataset, service dimse query store retrieve selection catalogue information database",
        "spi, service dimse query store retrieve selection catalogue information database dataset"})
    void usesNothingAboveOrBesideIt(String name, String others) {
        noClasses().that().resideInAPackage(names(name)[0])
                .should().dependOnClassesThat().resideInAnyPackage(names(others.split(" "))).check(PLUGIN);
    }

    /** A viewer can use it as a library. */
    @Test
    void theSelectionUsesDataSetsAndJavaOnly() {
        classes().that().resideInAPackage("org.hpqr.selection..").should().onlyDependOnClassesThat()
                .resideInAnyPackage("org.hpqr.selection..", "org.dcm4che3.data..", "org.dcm4che3.util..", "java..").check(PLUGIN);
    }

    private static String[] names(String... packages) {
        return Stream.of(packages).map(name -> "org.hpqr." + name + "..").toArray(String[]::new);
    }
}

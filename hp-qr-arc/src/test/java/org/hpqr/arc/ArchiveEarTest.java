package org.hpqr.arc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchiveEarTest {

    @TempDir
    private Path ear;

    @ParameterizedTest
    @CsvSource({"unsecure, false", "secure, true"})
    @DisplayName("the name of the archive's WAR says whether its web services want a login")
    void classifier(String classifier, boolean secured) throws Exception {
        Files.writeString(Files.createDirectory(ear.resolve("META-INF")).resolve("application.xml"), """
                <application><module><web><web-uri>dcm4chee-arc-war-5.34.3-%s.war</web-uri></web></module></application>
                """.formatted(classifier));
        assertEquals(secured, ArchiveEar.isSecured(ear.resolve("hp-qr-arc.jar").toUri()));
    }

    @Test
    @DisplayName("without a descriptor it is taken for secured")
    void noDescriptor() {
        assertTrue(ArchiveEar.isSecured(ear.resolve("hp-qr-arc.jar").toUri()));
    }
}

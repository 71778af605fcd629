package org.hpqr.selection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.dcm4che3.data.Attributes;
import org.hpqr.testkit.server.ExternalProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** The jar that a viewer gets, as the developer of a viewer uses it: with the toolkit and nothing else. */
class SelectionJarIT {

    private static final Path JAR = Path.of(System.getProperty("selection.jar"));
    private static final String GUIDE = "../docs/selection.md";
    /** What the guide's example takes for given. */
    private static final String PROGRAM = """
            import java.util.*;
            import org.dcm4che3.data.Attributes;
            import org.dcm4che3.data.Tag;
            import org.dcm4che3.data.VR;
            import org.hpqr.selection.*;
            import org.hpqr.selection.Display.Screen;

            public class Example {

                private static Attributes ct(String date) {
                    Attributes instance = new Attributes();
                    instance.setString(Tag.Modality, VR.CS, "CT");
                    instance.setString(Tag.StudyDate, VR.DA, date);
                    return instance;
                }

                public static void main(String[] args) {
                    List<Attributes> instances = List.of(ct("20260102"));
                    List<Attributes> older = List.of(ct("20250102"));
                    Attributes protocol = new Attributes();
                    protocol.setString(Tag.HangingProtocolName, VR.SH, "CT for all");
                    protocol.setString(Tag.HangingProtocolLevel, VR.CS, "SITE");
                    protocol.newSequence(Tag.HangingProtocolDefinitionSequence, 1).add(ct(null));
                    List<Attributes> protocols = List.of(protocol);
            %s
                    System.out.println(layout.name());
                }
            }
            """;

    @TempDir
    private Path directory;

    @Test
    void theExampleOfTheGuideRunsWithTheToolkitAlone() throws Exception {
        String guide = Files.readString(Path.of(GUIDE));
        String example = guide.substring(guide.indexOf("```java\n") + 8);
        Path program = Files.writeString(directory.resolve("Example.java"), PROGRAM.formatted(example.substring(0, example.indexOf("```"))));
        String classpath = String.join(File.pathSeparator, JAR.toString(), locationOf(Attributes.class), locationOf(Logger.class));

        assertEquals(List.of("1 CT for all", "CT for all"), ExternalProcess.run(directory, List.of(Path.of(System.getProperty("java.home"),
                "bin", "java").toString(), "-cp", classpath, program.toString())).stream().filter(line -> !line.startsWith("SLF4J")).toList());
    }

    @Test
    void itHasThePackageAndNothingElse() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertEquals("org.hpqr.selection", jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"));
            List<String> others = jar.stream().filter(entry -> !entry.isDirectory()).map(entry -> entry.getName())
                    .filter(name -> !name.startsWith("org/hpqr/selection/") && !name.startsWith("META-INF/")).toList();
            assertEquals(List.of(), others);
            assertTrue(jar.getEntry("org/hpqr/selection/HangingProtocolSelection.class") != null);
        }
    }

    private static String locationOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    }
}

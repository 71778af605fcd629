package org.hpqr.testkit.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Makes the archive of parsed classes with which Java starts servers under test faster: it starts one, and ends it. Java takes
 * a class from the archive only if the server's own has the same bytes, and goes without an archive that it cannot use.
 */
public final class ClassArchive {

    private ClassArchive() {
    }

    /** A step of the build; the argument is the file to make. */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.deleteIfExists(file);
        Path data = Files.createTempDirectory("hpqr-classes");
        try (StandaloneServer server = StandaloneServer.start(data,
                Map.of("JBOSS_JAVA_SIZING", StandaloneServer.QUICK_START + " \"-XX:ArchiveClassesAtExit=" + file + "\""))) {
            server.awaitWeb();
            server.stop();
        } catch (AssertionError e) {
            Files.deleteIfExists(file);
            System.out.println("Servers under test start without class archive, as none could be made: " + e.getMessage());
        } finally {
            ExternalProcess.run(data, List.of("rm", "-r", data.toString()));
        }
    }
}

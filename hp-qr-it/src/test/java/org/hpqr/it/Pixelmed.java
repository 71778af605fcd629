package org.hpqr.it;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.hpqr.it.Odil.Response;

/** A C-FIND SCU made of PixelMed (Debian package libpixelmed-java): DCMTK's findscu proposes no Hanging Protocols. */
final class Pixelmed {

    private static final String LIBRARY = "/usr/share/java/pixelmed.jar";
    private static final String PROGRAM = "PixelmedFind";
    private static final Path CLASSES = compiled();

    private Pixelmed() {
    }

    private static Path compiled() {
        Path classes = Path.of("target", "pixelmed").toAbsolutePath();
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, "-cp", LIBRARY, "-d", classes.toString(),
                Path.of(System.getProperty("it.peers"), PROGRAM + ".java").toString()) != 0)
            throw new IllegalStateException(PROGRAM + " cannot be compiled");
        return classes;
    }

    /**
     * C-FIND.
     *
     * @param keys such as {@code 0072000C.00080060=CT}, in ASCII, with the escapes of JSON; Specific Character Set first
     */
    static List<Response> find(int port, List<String> keys) {
        List<String> command = new ArrayList<>(List.of("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
                LIBRARY + File.pathSeparator + CLASSES, PROGRAM, String.valueOf(port)));
        command.addAll(keys);
        return Odil.run(command);
    }
}

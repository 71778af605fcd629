package org.hpqr.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hpqr.it.Odil.Response;

/** A C-FIND SCU made of PixelMed (Debian package libpixelmed-java): DCMTK's findscu proposes no Hanging Protocols. */
final class Pixelmed {

    private Pixelmed() {
    }

    /**
     * C-FIND.
     *
     * @param keys such as {@code 0072000C.00080060=CT}, in ASCII, with the escapes of JSON; Specific Character Set first
     */
    static List<Response> find(int port, List<String> keys) {
        List<String> command = new ArrayList<>(List.of("java", "-cp", "/usr/share/java/pixelmed.jar",
                Path.of(System.getProperty("it.peers"), "PixelmedFind.java").toString(), String.valueOf(port)));
        command.addAll(keys);
        return Odil.run(command);
    }
}

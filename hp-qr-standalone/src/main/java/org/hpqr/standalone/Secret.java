package org.hpqr.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A password, which nothing prints.
 *
 * @param text where it stands: itself, or {@value #FILE} and the path of a file whose first line it is; empty for none
 */
record Secret(String text) {

    static final Secret NONE = new Secret("");

    static final String FORM = "the password, or @ and the path of a file whose first line it is";

    private static final String FILE = "@";

    boolean isNone() {
        return text.isEmpty();
    }

    /**
     * The password.
     *
     * @throws IOException the file cannot be read
     */
    char[] read() throws IOException {
        if (!text.startsWith(FILE))
            return text.toCharArray();
        try {
            return Files.readString(Path.of(text.substring(FILE.length()))).lines().findFirst().orElse("").toCharArray();
        } catch (InvalidPathException e) {
            throw new IOException("not a path", e);
        }
    }

    @Override
    public String toString() {
        return "";
    }
}

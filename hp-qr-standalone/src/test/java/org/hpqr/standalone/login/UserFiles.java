package org.hpqr.standalone.login;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Users files for tests. */
public final class UserFiles {

    private UserFiles() {
    }

    /** Adds a user, as the command does. */
    public static void add(Path file, String name, String password, String... roles) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("add", name));
        for (String role : roles)
            arguments.addAll(List.of("--role", role));
        new UserCommand(file, new PrintStream(OutputStream.nullOutputStream())).run(arguments, password::toCharArray);
    }
}

package org.hpqr.it.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.hpqr.it.web.UserFile;
import org.hpqr.testkit.samples.AccessTable.Person;

/** Users of the server's file, all with the same password. */
final class Login {

    static final String PASSWORD = "a long password";

    private Login() {
    }

    /** Adds a user. */
    static void add(Person user, Path data) throws IOException {
        UserFile.add(data, user, PASSWORD);
    }

    /** Value of the header field Authorization. */
    static String authorization(Person user) {
        return "Basic " + Base64.getEncoder().encodeToString((user.userName() + ':' + PASSWORD).getBytes(StandardCharsets.UTF_8));
    }
}

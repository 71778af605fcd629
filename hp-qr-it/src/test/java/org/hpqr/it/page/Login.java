package org.hpqr.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.hpqr.testkit.samples.AccessTable.Person;

/** Users of the server's file, all with the same password. */
final class Login {

    static final String PASSWORD = "a long password";

    private Login() {
    }

    /** Adds a user. */
    static void add(Person user, Path data) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", Path.of(System.getProperty("it.server"), "bin/hp-qr.sh").toString(),
                "user", "add", user.userName()));
        user.roles().forEach(role -> command.addAll(List.of("--role", role)));
        ProcessBuilder add = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectErrorStream(true);
        add.environment().put("HPQR_DATA", data.toString());
        Process process = add.start();
        process.getOutputStream().write((PASSWORD + '\n').getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        assertEquals(0, process.waitFor());
    }

    /** Value of the header field Authorization. */
    static String authorization(Person user) {
        return "Basic " + Base64.getEncoder().encodeToString((user.userName() + ':' + PASSWORD).getBytes(StandardCharsets.UTF_8));
    }
}

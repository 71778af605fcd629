package org.hpqr.it.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.hpqr.testkit.samples.AccessTable.Person;

/** The file of a server's users. */
public final class UserFile {

    private static final int FEW_ITERATIONS = 1_000;
    private static final int HASH_BITS = 256;

    private UserFile() {
    }

    /** Adds a user as {@code hp-qr.sh user add} does, but with a hash that does not take a second for each login. */
    public static void add(Path data, Person user, String password) throws IOException {
        byte[] salt = user.userName().getBytes(StandardCharsets.UTF_8);
        Base64.Encoder base64 = Base64.getEncoder();
        String line = user.userName() + ':' + String.join(",", user.roles()) + ":pbkdf2-sha512$" + FEW_ITERATIONS + '$'
                + base64.encodeToString(salt) + '$' + base64.encodeToString(hash(password, salt)) + '\n';
        Files.writeString(Files.createDirectories(data).resolve("users"), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static byte[] hash(String password, byte[] salt) {
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, FEW_ITERATIONS, HASH_BITS)).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

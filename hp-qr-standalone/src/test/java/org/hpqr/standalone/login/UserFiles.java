package org.hpqr.standalone.login;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Users files for tests. */
public final class UserFiles {

    private static final int FEW_ITERATIONS = 1_000;

    private UserFiles() {
    }

    /** Adds a user as the command does, but with a hash that does not take a second for each login. */
    public static void add(Path file, String name, String password, String... roles) throws IOException {
        byte[] salt = name.getBytes();
        try {
            byte[] hash = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, FEW_ITERATIONS, 256)).getEncoded();
            Files.writeString(file, name + ':' + String.join(",", roles) + ':' + new PasswordHash(FEW_ITERATIONS, salt, hash) + '\n',
                    StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

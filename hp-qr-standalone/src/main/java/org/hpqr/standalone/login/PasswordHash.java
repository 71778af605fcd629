package org.hpqr.standalone.login;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * What is stored of a password: PBKDF2 with HMAC-SHA-512 (RFC 8018), and a salt of its own. As text
 * {@code pbkdf2-sha512$iterations$salt$hash}, the last two in base 64.
 */
record PasswordHash(int iterations, byte[] salt, byte[] hash) {

    private static final String NAME = "pbkdf2-sha512";
    private static final String ALGORITHM = "PBKDF2WithHmacSHA512";
    /** About a fifth of a second. */
    private static final int ITERATIONS = 210_000;
    /** A file with more would keep a processor busy for each login. */
    private static final int MAX_ITERATIONS = 10_000_000;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Hashes a new password. */
    static PasswordHash of(char[] password) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return new PasswordHash(ITERATIONS, salt, hash(password, salt, ITERATIONS, HASH_BYTES));
    }

    /** @throws IllegalArgumentException the text is none of {@link #toString} */
    static PasswordHash parse(String text) {
        String[] parts = text.split("\\$", -1);
        if (parts.length != 4 || !parts[0].equals(NAME))
            throw new IllegalArgumentException("not " + NAME + "$iterations$salt$hash");
        int iterations = Integer.parseInt(parts[1]);
        byte[] salt = Base64.getDecoder().decode(parts[2]);
        byte[] hash = Base64.getDecoder().decode(parts[3]);
        if (iterations < 1 || iterations > MAX_ITERATIONS || salt.length == 0 || hash.length != HASH_BYTES)
            throw new IllegalArgumentException("iterations, salt or hash out of range");
        return new PasswordHash(iterations, salt, hash);
    }

    /** Takes as long for a wrong password as for the right one. */
    boolean isOf(char[] password) {
        return MessageDigest.isEqual(hash, hash(password, salt, iterations, hash.length));
    }

    private static byte[] hash(char[] password, byte[] salt, int iterations, int bytes) {
        PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, bytes * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        } finally {
            spec.clearPassword();
        }
    }

    @Override
    public String toString() {
        Base64.Encoder base64 = Base64.getEncoder();
        return NAME + '$' + iterations + '$' + base64.encodeToString(salt) + '$' + base64.encodeToString(hash);
    }
}

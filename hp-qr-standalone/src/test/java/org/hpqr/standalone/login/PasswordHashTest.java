package org.hpqr.standalone.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is stored of a password, and which text of a users file is such a hash. */
class PasswordHashTest {

    private static final String SALT = "c2FsdA==";
    /** 32 bytes. */
    private static final String HASH = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    /** As much as OWASP's Password Storage Cheat Sheet asks of PBKDF2 with HMAC-SHA-512; RFC 8018 4.1: a salt of 8 bytes at least. */
    @Test
    void aNewHashIsSlowToGuess() {
        PasswordHash hash = PasswordHash.of("correct horse".toCharArray());

        assertTrue(hash.iterations() >= 210_000);
        assertEquals(16, hash.salt().length);
        assertEquals(32, hash.hash().length);
        assertNotEquals(hash.toString(), PasswordHash.of("correct horse".toCharArray()).toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10_000_000})
    void itsTextIsRead(int iterations) {
        String text = "pbkdf2-sha512$" + iterations + '$' + SALT + '$' + HASH;
        assertEquals(text, PasswordHash.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"pbkdf2-sha256$1$" + SALT + "$" + HASH, "$1$" + SALT + "$" + HASH, "pbkdf2-sha512$1$" + SALT,
        "pbkdf2-sha512$1$" + SALT + "$" + HASH + "$", "", "pbkdf2-sha512"})
    void anotherTextIsRefused(String text) {
        assertEquals("not pbkdf2-sha512$iterations$salt$hash",
                assertThrows(IllegalArgumentException.class, () -> PasswordHash.parse(text)).getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 10_000_001, Integer.MAX_VALUE})
    void iterationsHaveARange(int iterations) {
        assertRefused("pbkdf2-sha512$" + iterations + '$' + SALT + '$' + HASH);
    }

    @Test
    void aHashHasASaltAndItsLength() {
        assertRefused("pbkdf2-sha512$1$$" + HASH);
        assertRefused("pbkdf2-sha512$1$" + SALT + "$AAAA");
        assertRefused("pbkdf2-sha512$1$" + SALT + '$' + "A".repeat(44));
    }

    private static void assertRefused(String text) {
        assertEquals("iterations, salt or hash out of range",
                assertThrows(IllegalArgumentException.class, () -> PasswordHash.parse(text)).getMessage());
    }
}

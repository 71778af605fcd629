package org.hpqr.standalone;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.hpqr.testkit.tls.NodeKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keystores and passwords, as settings name them. */
class KeyMaterialTest {

    @TempDir
    private static Path directory;

    @BeforeAll
    static void makeKeys() {
        NodeKey key = NodeKey.make(directory, "key", "PKCS12");
        NodeKey.make(directory, "key", "JKS");
        NodeKey.truststore(directory.resolve("trust.p12"), key);
    }

    @ParameterizedTest
    @CsvSource({"key.p12", "key.pkcs12", "key.jks"})
    void keystoreMayHaveEitherType(String file) throws IOException {
        if (file.equals("key.p12"))
            Files.copy(directory.resolve("key.pkcs12"), directory.resolve(file));

        assertNotNull(load(Map.of("hpqr.tls-keystore", file)).tls());
    }

    @Test
    void passwordMayStandInAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("password"), NodeKey.PASSWORD + "\n");

        assertNotNull(load(Map.of("hpqr.tls-keystore-password", "@" + file)).tls());
        assertArrayEquals(NodeKey.PASSWORD.toCharArray(), new Secret("@" + file).read());
    }

    @Test
    void withoutTlsNothingIsRead() throws IOException {
        assertNull(load(Map.of("hpqr.tls-port", "0", "hpqr.tls-keystore", "missing")).tls());
    }

    @Test
    void truststoreIsNotNeededWhereNoCertificateIsChecked() throws IOException {
        assertNotNull(load(Map.of("hpqr.tls-client-certificates", "none", "hpqr.tls-truststore", "")).tls());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "hpqr.tls-keystore            | ''        | hpqr.tls-keystore: needed, as TLS is configured",
        "hpqr.tls-keystore            | nowhere   | hpqr.tls-keystore: there is no file ",
        "hpqr.tls-keystore            | trust.p12 | hpqr.tls-keystore: there is no key in it",
        "hpqr.tls-keystore-password   | wrong-one | hpqr.tls-keystore: ",
        "hpqr.tls-keystore-password   | @nowhere  | hpqr.tls-keystore: ",
        "hpqr.tls-key-password        | wrong-one | hpqr.tls-key-password: the key cannot be read",
        "hpqr.tls-truststore          | ''        | hpqr.tls-truststore: needed, as TLS is configured",
        "hpqr.tls-truststore          | nowhere   | hpqr.tls-truststore: there is no file ",
        "hpqr.tls-truststore-password | wrong-one | hpqr.tls-truststore: ",
    })
    void whatCannotBeUsedIsNamedAndNoPasswordIs(String key, String value, String message) {
        ConfigurationException thrown = assertThrows(ConfigurationException.class, () -> load(Map.of(key, value)).tls());

        assertTrue(thrown.getMessage().startsWith(message), thrown.getMessage());
        assertFalse(thrown.getMessage().contains("wrong-one"), thrown.getMessage());
        assertFalse(thrown.getMessage().contains(NodeKey.PASSWORD), thrown.getMessage());
    }

    @Test
    void nothingPrintsAPassword() {
        assertFalse(new Secret("wrong-one").toString().contains("wrong"));
    }

    private static KeyMaterial load(Map<String, String> settings) throws IOException {
        Map<String, String> all = new HashMap<>(Map.of(
                "hpqr.tls-port", "2762",
                "hpqr.tls-keystore", "key.jks",
                "hpqr.tls-keystore-password", NodeKey.PASSWORD,
                "hpqr.tls-truststore", "trust.p12",
                "hpqr.tls-truststore-password", NodeKey.PASSWORD));
        all.putAll(settings);
        return new KeyMaterial(TestConfiguration.of(all), directory);
    }
}

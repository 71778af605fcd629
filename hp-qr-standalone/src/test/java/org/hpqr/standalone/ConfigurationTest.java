package org.hpqr.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.HpSettings.DuplicatePolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {

    @TempDir
    private Path directory;

    @Test
    void settingsThatNobodyMadeHaveTheirDefault() {
        Configuration configuration = withEnvironment(Map.of());

        ServerSettings.allOfHome().forEach(setting -> assertEquals(setting.defaultValue(), configuration.get(setting)));
    }

    @Test
    void everyDefaultIsAValueThatIsAllowed() {
        ServerSettings.allOfHome()
                .filter(setting -> !setting.defaultText().isEmpty())
                .forEach(setting -> assertEquals(setting.defaultValue(), setting.parse(setting.defaultText())));
    }

    @Test
    void fileGivesServerAndPluginSettings() throws IOException {
        Configuration configuration = withFile("""
                # a comment
                hpqr.ae-title = HP STORE
                hpqr.duplicate-policy = keep
                hpqr.accepted-calling-aes = WS1, WS2
                hpqr.move-destinations = WS1=ws1.example:104,WS2=[::1]:11113+tls
                """);

        assertEquals("HP STORE", configuration.get(ServerSettings.AE_TITLE));
        assertEquals(DuplicatePolicy.KEEP, configuration.get(HpSettings.DUPLICATE_POLICY, "HP STORE"));
        assertEquals(List.of("WS1", "WS2"), configuration.get(ServerSettings.ACCEPTED_CALLING_AES));
        assertEquals(List.of(new ConfiguredDestination("WS1", "ws1.example", 104, false),
                        new ConfiguredDestination("WS2", "::1", 11113, true)),
                configuration.get(ServerSettings.MOVE_DESTINATIONS));
    }

    @Test
    void environmentWinsOverFile() throws IOException {
        Configuration configuration = of(Map.of("HPQR_PORT", "104", "PATH", "/bin"),
                file("hpqr.port = 105\nhpqr.ae-title = FILE"));

        assertEquals(104, configuration.get(ServerSettings.PORT));
        assertEquals("FILE", configuration.get(ServerSettings.AE_TITLE));
    }

    @Test
    void emptyValueIsNone() {
        assertEquals(11112, withEnvironment(Map.of("HPQR_PORT", "")).get(ServerSettings.PORT));
    }

    /** So that it takes away what the file says. {@code ScriptSettingsIT} shows the same of the start script. */
    @Test
    void emptyValueOfTheEnvironmentIsTheDefault() throws IOException {
        assertEquals(11112, of(Map.of("HPQR_PORT", ""), file("hpqr.port = 105")).get(ServerSettings.PORT));
        assertEquals(104, of(Map.of("hpqr_port", "104"), file("hpqr.port = 105")).get(ServerSettings.PORT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a${b}", "a$$b", "a\\b", "a\\${b}", "${", "a\\\\b$", "%dev.a", "a,b\\,c"})
    void valuesAreTakenAsTheyAre(String password) throws IOException {
        assertEquals(new Secret(password), withEnvironment(Map.of("HPQR_TLS_KEYSTORE_PASSWORD", password)).get(TlsSettings.KEYSTORE_PASSWORD));
        assertEquals(new Secret(password), withFile("hpqr.tls-keystore-password = " + password.replace("\\", "\\\\")).get(TlsSettings.KEYSTORE_PASSWORD));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "HPQR_PORT              | 65536         | hpqr.port: \"65536\" is not allowed; allowed is 0 to 65535",
            "HPQR_PORT              | https         | hpqr.port: \"https\" is not allowed; allowed is 0 to 65535",
            "HPQR_AE_TITLE          | SEVENTEEN_LETTERS | hpqr.ae-title: \"SEVENTEEN_LETTERS\" is not allowed",
            "HPQR_AE_TITLE          | A\\B          | hpqr.ae-title: \"A\\B\" is not allowed",
            "HPQR_BIND_ADDRESS      | two words     | hpqr.bind-address: \"two words\" is not allowed",
            "HPQR_ACCEPTED_CALLING_AES | A,,B       | hpqr.accepted-calling-aes: \"A,,B\" is not allowed",
            "HPQR_MOVE_DESTINATIONS | WS1           | hpqr.move-destinations: \"WS1\" is not allowed; allowed is AET=host:port,AET=host:port+tls,...",
            "HPQR_MOVE_DESTINATIONS | WS1=host      | hpqr.move-destinations: \"WS1=host\" is not allowed",
            "HPQR_MOVE_DESTINATIONS | WS1=:104      | hpqr.move-destinations: \"WS1=:104\" is not allowed",
            "HPQR_MOVE_DESTINATIONS | WS1=host:0    | hpqr.move-destinations: \"WS1=host:0\" is not allowed",
            "HPQR_MOVE_DESTINATIONS | WS1=host:1+ssl | hpqr.move-destinations: \"WS1=host:1+ssl\" is not allowed",
            "HPQR_TLS_PROTOCOLS     | TLSv1.1       | hpqr.tls-protocols: \"TLSv1.1\" is not allowed",
            "HPQR_MOVE_DESTINATIONS | A=b:1,A=c:2   | hpqr.move-destinations: \"A=b:1,A=c:2\" is not allowed",
            "HPQR_DEFLATED          | yes           | hpqr.deflated: \"yes\" is not allowed; allowed is true, false",
            "HPQR_DUPLICATE_POLICY  | overwrite     | hpqr.duplicate-policy: \"overwrite\" is not allowed; allowed is replace, keep",
    })
    void wrongValueIsNamedWithItsKeyAndWhatIsAllowed(String variable, String value, String message) {
        ConfigurationException thrown = assertThrows(ConfigurationException.class,
                () -> withEnvironment(Map.of(variable, value)));

        assertTrue(thrown.getMessage().startsWith(message), thrown.getMessage());
        assertTrue(thrown.getMessage().endsWith("(from EnvConfigSource)"), thrown.getMessage());
    }

    @Test
    void everyWrongValueIsNamed() {
        ConfigurationException thrown = assertThrows(ConfigurationException.class,
                () -> withEnvironment(Map.of("HPQR_PORT", "x", "HPQR_MAX_KEYS", "y")));

        assertTrue(thrown.getMessage().contains("hpqr.port"), thrown.getMessage());
        assertTrue(thrown.getMessage().contains("hpqr.max-keys"), thrown.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"HPQR_PROT", "hpqr_prot", "HPQR_"})
    void variableThatNamesNoSettingIsWrong(String variable) {
        ConfigurationException thrown = assertThrows(ConfigurationException.class,
                () -> withEnvironment(Map.of(variable, "104")));

        assertTrue(thrown.getMessage().startsWith(variable + ": there is no such setting"), thrown.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"hpqr.prot", "hpqr.ae.title", "port", "HPQR_PORT", "hpqr.Port"})
    void keyInFileThatNamesNoSettingIsWrong(String key) {
        ConfigurationException thrown = assertThrows(ConfigurationException.class, () -> withFile(key + " = 104"));

        assertTrue(thrown.getMessage().startsWith(key + ": there is no such setting"), thrown.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"HPQR_DATA", "HPQR_CONFIG", "HPQR_DB", "HPQR_DB_URL", "HPQR_DB_USER", "HPQR_DB_PASSWORD",
        "HPQR_DB_CONNECTIONS", "HPQR_LOG_SIZE", "HPQR_LOG_FILES", "HPQR_CONSOLE_OPERATIONS", "JAVA_OPTS"})
    void variablesOfTheStartScriptAreNoSettings(String variable) {
        assertEquals(11112, withEnvironment(Map.of(variable, "x")).get(ServerSettings.PORT));
    }

    @Test
    void fileThatCannotBeReadIsNamed() throws IOException {
        Path broken = Files.writeString(directory.resolve("broken.properties"), "hpqr.port = \\u12");

        assertTrue(assertThrows(ConfigurationException.class, () -> new PropertiesFile(broken)).getMessage()
                .contains(broken.toString()));
        Path missing = directory.resolve("missing.properties");
        assertTrue(assertThrows(ConfigurationException.class, () -> new PropertiesFile(missing)).getMessage()
                .contains(missing.toString()));
        Path latin1 = Files.write(directory.resolve("latin1.properties"), "# \u00e4".getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(assertThrows(ConfigurationException.class, () -> new PropertiesFile(latin1)).getMessage()
                .contains(latin1.toString()));
    }

    private Configuration withFile(String content) throws IOException {
        return of(Map.of(), file(content));
    }

    private PropertiesFile file(String content) throws IOException {
        return new PropertiesFile(Files.writeString(directory.resolve("hp-qr.properties"), content));
    }

    static Configuration withEnvironment(Map<String, String> environment) {
        return of(environment);
    }

    private static Configuration of(Map<String, String> environment, PropertiesFile... files) {
        Config config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new EnvConfigSource(environment, EnvConfigSource.ORDINAL))
                .withSources(files)
                .build();
        List<String> keys = Arrays.stream(files).flatMap(file -> file.getPropertyNames().stream()).toList();
        return Configuration.of(config, keys, environment.keySet());
    }
}

package org.hpqr.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.hpqr.standalone.login.UserFiles;
import org.hpqr.testkit.tls.NodeKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfiguredWebAccessTest {

    @Test
    void nothingIsAnsweredBeforeTheServerHasStarted() {
        ConfiguredWebAccess access = access(Map.of());
        assertFalse(access.isOpen());
        access.open();
        assertTrue(access.isOpen());
    }

    @Test
    void portZeroIsNone() {
        ConfiguredWebAccess access = access(Map.of("HPQR_HTTP_PORT", "0", "HPQR_HTTP_ADDRESS", "0.0.0.0"));
        access.open();
        assertFalse(access.isOpen());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.0.2.1", "::", "no.such.host.invalid"})
    void anAddressThatOthersReachStopsTheStart(String address) {
        ConfiguredWebAccess access = access(Map.of("HPQR_HTTP_ADDRESS", address));
        String message = assertThrows(ConfigurationException.class, access::open).getMessage();
        assertTrue(message.startsWith("hpqr.http-address: \"" + address + '"'), message);
        assertFalse(access.isOpen());
    }

    @Test
    void allThatIsMissingIsNamed() {
        String message = assertThrows(ConfigurationException.class, access(Map.of("HPQR_HTTP_ADDRESS", "0.0.0.0"))::open).getMessage();
        for (String setting : new String[] {"hpqr.oidc-issuer", "set hpqr.https-port", "set hpqr.http-port = 0", "hpqr.http-behind-proxy = true"})
            assertTrue(message.contains(setting), message);
    }

    @Test
    void anAddressThatOthersReachNeedsUsersAndTls(@TempDir Path data) throws Exception {
        Map<String, String> settings = Map.of("HPQR_HTTP_ADDRESS", "0.0.0.0", "HPQR_HTTP_PORT", "0", "HPQR_HTTPS_PORT", "8443",
                "HPQR_TLS_KEYSTORE", NodeKey.make(data, "server", "PKCS12").keystore().toString(), "HPQR_TLS_KEYSTORE_PASSWORD", NodeKey.PASSWORD);
        assertThrows(ConfigurationException.class, access(settings, data)::open, "no users");

        UserFiles.add(data.resolve("users"), "anna", "correct horse");
        ConfiguredWebAccess access = access(settings, data);
        access.open();
        assertTrue(access.isOpen());
        assertTrue(access.requiresLogin());

        Map<String, String> alsoPlain = new HashMap<>(settings);
        alsoPlain.put("HPQR_HTTP_PORT", "8080");
        assertThrows(ConfigurationException.class, access(alsoPlain, data)::open, "plain HTTP");
        Map<String, String> noKey = new HashMap<>(settings);
        noKey.remove("HPQR_TLS_KEYSTORE");
        assertEquals("hpqr.tls-keystore: needed, as TLS is configured",
                assertThrows(ConfigurationException.class, access(noKey, data)::open).getMessage());
    }

    @Test
    void onLoopbackNobodyHasToLogInUnlessThereAreUsers(@TempDir Path data) throws Exception {
        assertFalse(access(Map.of(), data).requiresLogin());

        UserFiles.add(data.resolve("users"), "anna", "correct horse");
        assertTrue(access(Map.of(), data).requiresLogin());
        assertTrue(access(Map.of("HPQR_OIDC_ISSUER", "https://login.example/realms/a"), Path.of("nowhere")).requiresLogin());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://login.example/realms/a", "https://login.example/", "login.example", "https:///a", "https://a?b"})
    void keysOfAProviderComeOverTls(String issuer) {
        assertThrows(ConfigurationException.class, () -> access(Map.of("HPQR_OIDC_ISSUER", issuer)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1", "localhost"})
    void loopbackAddressesNeedNoLogin(String address) {
        ConfiguredWebAccess access = access(Map.of("HPQR_HTTP_ADDRESS", address));
        access.open();
        assertTrue(access.isOpen());
    }

    @Test
    void aProxyInFrontMayDoTlsAndLogin() {
        ConfiguredWebAccess access = access(Map.of("HPQR_HTTP_ADDRESS", "0.0.0.0", "HPQR_HTTP_BEHIND_PROXY", "true"));
        access.open();
        assertTrue(access.isOpen());
    }

    @Test
    void hostsOriginsAndAeTitlesAreThoseConfigured() {
        ConfiguredWebAccess access = access(Map.of("HPQR_HTTP_HOSTS", "PACS.example, localhost", "HPQR_HTTP_ORIGINS", "https://a.example"));
        assertTrue(access.acceptsHost("pacs.example"));
        assertFalse(access.acceptsHost("127.0.0.1"));
        assertTrue(access.acceptsOrigin("https://a.example"));
        assertFalse(access.acceptsOrigin("http://a.example"));
        assertTrue(access.serves("HPQR"));
        assertFalse(access.serves("hpqr"));
        ConfiguredWebAccess byDefault = access(Map.of());
        assertTrue(byDefault.acceptsHost("[::1]"));
        assertFalse(byDefault.acceptsOrigin("null"));
        assertEquals(8080, ConfigurationTest.withEnvironment(Map.of()).get(ServerSettings.HTTP_PORT));
    }

    private static ConfiguredWebAccess access(Map<String, String> environment) {
        return access(environment, Path.of("nowhere"));
    }

    private static ConfiguredWebAccess access(Map<String, String> environment, Path data) {
        Configuration configuration = ConfigurationTest.withEnvironment(environment);
        return new ConfiguredWebAccess(configuration, Logins.of(configuration, data), new KeyMaterial(configuration, data));
    }
}

package org.hpqr.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
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
        return new ConfiguredWebAccess(ConfigurationTest.withEnvironment(environment));
    }
}

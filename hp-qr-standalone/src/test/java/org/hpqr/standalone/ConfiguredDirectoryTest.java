package org.hpqr.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Connection;
import org.junit.jupiter.api.Test;

class ConfiguredDirectoryTest {

    private final ConfiguredDirectory directory =
            new ConfiguredDirectory(ConfiguredDestination.parseList("WS1=ws1.example:104, WS2 = [::1]:11113"), null);

    @Test
    void configuredTitleHasAUsableConnection() {
        ApplicationEntity ae = directory.find("WS2").orElseThrow();
        Connection connection = ae.getConnections().get(0);

        assertEquals("WS2", ae.getAETitle());
        assertEquals("::1", connection.getHostname());
        assertEquals(11113, connection.getPort());
        assertTrue(connection.isInstalled());
    }

    @Test
    void titleIsFoundAsItIsWrittenOnly() {
        assertEquals(Optional.empty(), directory.find("WS3"));
        assertEquals(Optional.empty(), directory.find("ws1"));
    }
}

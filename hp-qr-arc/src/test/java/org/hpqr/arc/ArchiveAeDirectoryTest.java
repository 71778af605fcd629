package org.hpqr.arc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.dcm4che3.conf.api.ConfigurationException;
import org.dcm4che3.net.ApplicationEntity;
import org.hpqr.spi.DirectoryUnavailableException;
import org.hpqr.testkit.archive.AeCache;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ArchiveAeDirectoryTest {

    private final AeCache cache = new AeCache();
    private final ArchiveAeDirectory directory = new ArchiveAeDirectory(cache);

    @Test
    @DisplayName("an AE of the archive's configuration is found")
    void known() throws Exception {
        ApplicationEntity viewer = new ApplicationEntity("VIEWER");
        cache.add(viewer);
        assertSame(viewer, directory.find("VIEWER").orElseThrow());
    }

    @Test
    @DisplayName("an AE that is not configured is unknown")
    void unknown() throws Exception {
        assertEquals(Optional.empty(), directory.find("NOBODY"));
    }

    @Test
    @DisplayName("a configuration that cannot be read is not an unknown AE")
    void down() {
        cache.breakDown();
        DirectoryUnavailableException e =
                assertThrows(DirectoryUnavailableException.class, () -> directory.find("VIEWER"));
        assertEquals(ConfigurationException.class, e.getCause().getClass());
    }
}

package org.hpqr.arc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.dcm4che3.conf.api.ConfigurationException;
import org.dcm4che3.conf.api.ConfigurationNotFoundException;
import org.dcm4che3.conf.api.IApplicationEntityCache;
import org.dcm4che3.net.ApplicationEntity;
import org.hpqr.spi.AeDirectory;
import org.hpqr.spi.DirectoryUnavailableException;

/** The AEs of the archive's configuration, through its cache: known to its own C-MOVE is known to ours. */
@ApplicationScoped
public class ArchiveAeDirectory implements AeDirectory {

    private IApplicationEntityCache cache;

    /** For the container. */
    ArchiveAeDirectory() {
    }

    @Inject
    ArchiveAeDirectory(IApplicationEntityCache cache) {
        this.cache = cache;
    }

    @Override
    public Optional<ApplicationEntity> find(String aeTitle) throws DirectoryUnavailableException {
        try {
            return Optional.of(cache.findApplicationEntity(aeTitle));
        } catch (ConfigurationNotFoundException e) {
            return Optional.empty();
        } catch (ConfigurationException e) {
            throw new DirectoryUnavailableException("The archive's configuration cannot be read", e);
        }
    }
}

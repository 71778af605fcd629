package org.hpqr.spi;

import java.util.Optional;
import org.dcm4che3.net.ApplicationEntity;

/** Port: knows the AEs that objects may be moved to. */
public interface AeDirectory {

    /**
     * Looks an AE title up.
     *
     * @param aeTitle trimmed AE title
     * @return the AE with its connections, or empty if the title is not configured (A801)
     * @throws DirectoryUnavailableException the directory cannot be asked, so nothing is known of the title (C514)
     */
    Optional<ApplicationEntity> find(String aeTitle) throws DirectoryUnavailableException;
}

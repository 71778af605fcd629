package org.hpqr.arc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.dcm4chee.arc.ArchiveService;
import org.dcm4chee.arc.conf.ArchiveAEExtension;
import org.dcm4chee.arc.store.StoreService;

/** Keeps in the archive's configuration which storage systems are full, so that its own services know it, too. */
@ApplicationScoped
public class StorageConfiguration {

    private ArchiveService archive;
    private StoreService storeService;

    /** For the container. */
    StorageConfiguration() {
    }

    @Inject
    StorageConfiguration(ArchiveService archive, StoreService storeService) {
        this.archive = archive;
        this.storeService = storeService;
    }

    /**
     * Saves the object storage of an AE, and what the storage systems say of themselves.
     *
     * @param storageIDs those that may take objects, now or when they have space again
     */
    void save(ArchiveAEExtension ae, String[] storageIDs) {
        // what somebody else has saved since the configuration was read is not to be overwritten
        archive.tryReload();
        ae.setObjectStorageIDs(storageIDs);
        storeService.updateDeviceConfiguration(ae.getArchiveDeviceExtension());
    }
}

package org.dcm4chee.arc.conf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dcm4che3.net.DeviceExtension;

/** Signatures of dcm4chee-arc-conf 5.34.3. */
public class ArchiveDeviceExtension extends DeviceExtension {

    private static final long serialVersionUID = 1L;

    private final transient Map<String, StorageDescriptor> storages = new LinkedHashMap<>();

    public StorageDescriptor getStorageDescriptor(String storageID) {
        return storages.get(storageID);
    }

    public void addStorageDescriptor(StorageDescriptor descriptor) {
        storages.put(descriptor.getStorageID(), descriptor);
    }

    public List<StorageDescriptor> getFreeStorageDescriptors(String[] storageIDs) {
        return select(storageIDs, false);
    }

    public List<StorageDescriptor> getFullStorageDescriptors(String[] storageIDs) {
        return select(storageIDs, true);
    }

    private List<StorageDescriptor> select(String[] storageIDs, boolean full) {
        List<StorageDescriptor> selected = new ArrayList<>();
        for (String storageID : storageIDs) {
            StorageDescriptor descriptor = storages.get(storageID);
            if (descriptor == null)
                throw new IllegalArgumentException(storageID);
            if (full == (descriptor.getStorageThresholdExceeded() != null))
                selected.add(descriptor);
        }
        return selected;
    }
}

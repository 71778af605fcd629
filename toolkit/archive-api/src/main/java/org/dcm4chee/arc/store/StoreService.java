package org.dcm4chee.arc.store;

import org.dcm4chee.arc.conf.ArchiveDeviceExtension;

/** One signature of dcm4chee-arc-store 5.34.3; the archive's interface has many more. */
public interface StoreService {

    void updateDeviceConfiguration(ArchiveDeviceExtension arcDev);
}

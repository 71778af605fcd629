package org.hpqr.testkit.archive;

import java.nio.file.Path;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4chee.arc.conf.ArchiveAEExtension;
import org.dcm4chee.arc.conf.ArchiveDeviceExtension;
import org.dcm4chee.arc.conf.StorageDescriptor;

/** Makes devices that are configured as an archive's device is. */
public final class ArchiveDevice {

    private ArchiveDevice() {
    }

    /** A device with the archive's extension and one DICOM connection on the loopback interface. */
    public static Device create(String name, int port) {
        Device device = new Device(name);
        device.addDeviceExtension(new ArchiveDeviceExtension());
        Connection connection = new Connection("dicom", "127.0.0.1", port);
        connection.setBindAddress("127.0.0.1");
        device.addConnection(connection);
        return device;
    }

    /** An AE of the archive with object storage on the storage systems named. */
    public static ApplicationEntity addAE(Device device, String title, String... objectStorageIDs) {
        ApplicationEntity ae = new ApplicationEntity(title);
        ae.setAssociationAcceptor(true);
        ArchiveAEExtension extension = new ArchiveAEExtension();
        extension.setObjectStorageIDs(objectStorageIDs);
        ae.addAEExtension(extension);
        device.addApplicationEntity(ae);
        ae.addConnection(device.listConnections().get(0));
        return ae;
    }

    /** A storage system in a directory. */
    public static StorageDescriptor addStorage(Device device, String storageID, Path directory) {
        StorageDescriptor descriptor = new StorageDescriptor(storageID);
        descriptor.setStorageURIStr(directory.toUri().toString());
        device.getDeviceExtension(ArchiveDeviceExtension.class).addStorageDescriptor(descriptor);
        return descriptor;
    }
}

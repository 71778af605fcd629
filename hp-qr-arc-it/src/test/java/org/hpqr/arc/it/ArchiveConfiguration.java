package org.hpqr.arc.it;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.dcm4che3.conf.api.IApplicationEntityCache;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.TransferCapability;
import org.dcm4che3.net.TransferCapability.Role;
import org.dcm4che3.net.WebApplication;
import org.dcm4che3.net.audit.AuditLoggerDeviceExtension;
import org.dcm4chee.arc.conf.ArchiveAEExtension;
import org.dcm4chee.arc.conf.ArchiveDeviceExtension;
import org.dcm4chee.arc.query.QueryService;
import org.dcm4chee.arc.retrieve.RetrieveService;
import org.dcm4chee.arc.storage.StorageFactory;
import org.dcm4chee.arc.store.StoreService;
import org.hpqr.testkit.archive.AeCache;
import org.hpqr.testkit.archive.ArchiveDevice;
import org.hpqr.testkit.archive.DiskStorages;

/**
 * Stands for LDAP: what a test changes it writes into files of the folder {@code it.archive}. Two AEs of the archive,
 * DCM4CHEE and READONLY_AE (which has no storage), one that is not of the archive, two storage systems, two destinations.
 */
@ApplicationScoped
public class ArchiveConfiguration {

    static final String PROPERTIES = "hp-qr.properties";
    static final String FULL = "full";
    static final String SAVED = "saved";
    static final String AUDIT = "audit";

    private final Path folder = Path.of(System.getProperty("it.archive"));
    private final Device device = ArchiveDevice.create("dcm4chee-arc", Integer.getInteger("it.dicom.port"));
    private final DiskStorages storages = new DiskStorages();
    private final AeCache cache = new AeCache();

    @PostConstruct
    void create() {
        for (String id : List.of("fs1", "fs2"))
            ArchiveDevice.addStorage(device, id, folder.resolve(id));
        ApplicationEntity archive = ArchiveDevice.addAE(device, "DCM4CHEE", "fs1", "fs2");
        archive.getAEExtension(ArchiveAEExtension.class).setAcceptedMoveDestinations("DEST", "NOBODY");
        ApplicationEntity foreign = new ApplicationEntity("FOREIGN");
        device.addApplicationEntity(foreign);
        foreign.addConnection(device.listConnections().get(0));
        for (ApplicationEntity ae : List.of(archive, ArchiveDevice.addAE(device, "READONLY_AE"), foreign)) {
            ae.setAssociationAcceptor(true);
            ae.setAssociationInitiator(true);
            addTransferCapabilities(ae);
        }
        AuditLoggerDeviceExtension audit = new AuditLoggerDeviceExtension();
        audit.addAuditLogger(new FileAuditLogger(folder.resolve(AUDIT)));
        device.addDeviceExtension(audit);
        Connection connection = new Connection("dicom", "127.0.0.1", Integer.getInteger("it.destination.port"));
        Device workstation = new Device("workstation");
        workstation.addConnection(connection);
        for (String title : List.of("DEST", "OTHER")) {
            ApplicationEntity destination = new ApplicationEntity(title);
            workstation.addApplicationEntity(destination);
            destination.addConnection(connection);
            cache.add(destination);
        }
        read();
    }

    /** As src/config/ldap/hp-qr-add.ldif says. */
    private static void addTransferCapabilities(ApplicationEntity ae) {
        String[] syntaxes = {UID.ImplicitVRLittleEndian, UID.ExplicitVRLittleEndian};
        for (String sopClass : List.of(UID.Verification, UID.HangingProtocolStorage, UID.HangingProtocolInformationModelFind,
                UID.HangingProtocolInformationModelMove, UID.HangingProtocolInformationModelGet))
            ae.addTransferCapability(new TransferCapability(null, sopClass, Role.SCP, syntaxes));
        ae.addTransferCapability(new TransferCapability(null, UID.HangingProtocolStorage, Role.SCU, syntaxes));
    }

    void read() {
        device.removeWebApplication("hp-qr");
        WebApplication settings = new WebApplication("hp-qr");
        for (String line : linesOf(PROPERTIES))
            settings.setProperty(line.split("=")[0], line.split("=")[1]);
        device.addWebApplication(settings);
        linesOf(FULL).forEach(storages::passThreshold);
    }

    private List<String> linesOf(String name) {
        try {
            return Files.exists(folder.resolve(name)) ? Files.readAllLines(folder.resolve(name)) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void save(ArchiveDeviceExtension extension) {
        ArchiveAEExtension ae = extension.getDevice().getApplicationEntity("DCM4CHEE").getAEExtension(ArchiveAEExtension.class);
        try {
            Files.writeString(folder.resolve(SAVED), Arrays.toString(ae.getObjectStorageIDs()), StandardOpenOption.CREATE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Produces
    Device device() {
        return device;
    }

    @Produces
    StorageFactory storages() {
        return storages;
    }

    @Produces
    IApplicationEntityCache cache() {
        return cache;
    }

    @Produces
    StoreService storeService() {
        return this::save;
    }

    /** There are no studies. */
    @Produces
    QueryService queryService() {
        throw new UnsupportedOperationException();
    }

    @Produces
    RetrieveService retrieveService() {
        throw new UnsupportedOperationException();
    }
}

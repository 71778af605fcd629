package org.hpqr.arc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Device;
import org.dcm4che3.util.SafeClose;
import org.dcm4chee.arc.conf.ArchiveAEExtension;
import org.dcm4chee.arc.conf.ArchiveDeviceExtension;
import org.dcm4chee.arc.conf.StorageDescriptor;
import org.dcm4chee.arc.storage.ReadContext;
import org.dcm4chee.arc.storage.Storage;
import org.dcm4chee.arc.storage.StorageFactory;
import org.dcm4chee.arc.storage.WriteContext;
import org.hpqr.spi.ObjectLocation;
import org.hpqr.spi.ObjectStorage;
import org.hpqr.spi.StorageUnavailableException;
import org.hpqr.status.CauseText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Objects on the storage systems that the archive's configuration gives the called AE for objects (Object Storage ID).
 * Only the archive's storage interface is used, so every storage provider of the archive serves.
 *
 * <p>Objects lie under {@value #FOLDER}, each under a random name. The archive's own paths are made of dates and hashes,
 * and whatever it deletes it finds by a row in its {@code location} table; ours have none there, so neither its purge nor
 * a rule of deletion reaches them.
 */
@ApplicationScoped
public class ArchiveStorage implements ObjectStorage {

    /** Every path begins with it. */
    static final String FOLDER = "hp-qr";

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveStorage.class);

    private Device device;
    private StorageFactory storages;
    private StorageConfiguration configuration;
    private final RecentWrites recentWrites = new RecentWrites();
    private final AtomicInteger turn = new AtomicInteger();

    /** For the container. */
    ArchiveStorage() {
    }

    @Inject
    ArchiveStorage(Device device, StorageFactory storages, StorageConfiguration configuration) {
        this.device = device;
        this.storages = storages;
        this.configuration = configuration;
    }

    /**
     * {@inheritDoc}
     *
     * <p>As the archive does, it takes the first storage system whose threshold is not passed, in turn among several if
     * the AE says so (Object Storage Count), and keeps in the configuration which ones are full. Beyond that it passes
     * over read-only ones, and goes on to the next one where writing fails.
     */
    @Override
    public ObjectLocation write(String calledAET, byte[] object) throws IOException {
        ArchiveAEExtension ae = archiveAE(calledAET);
        Candidates candidates = new Candidates(ae);
        IOException failure = null;
        while (candidates.remain()) {
            Storage storage = candidates.select();
            try {
                ObjectLocation location = write(storage, object);
                recentWrites.add(location);
                return location;
            } catch (IOException | RuntimeException e) {
                LOG.warn("{}: writing a hanging protocol failed: {}", storage.getStorageDescriptor(), CauseText.of(e));
                failure = new IOException(e);
                candidates.setAside(storage.getStorageDescriptor());
            } finally {
                SafeClose.close(storage);
            }
        }
        throw new StorageUnavailableException("No object storage of " + calledAET + " can be written to: "
                + List.of(ae.getObjectStorageIDs()), failure);
    }

    /** The storage systems that may take one object. */
    private final class Candidates {

        private final ArchiveAEExtension ae;
        private final List<StorageDescriptor> free;
        private final List<StorageDescriptor> full;
        private final List<StorageDescriptor> passedOver;

        Candidates(ArchiveAEExtension ae) throws StorageUnavailableException {
            this.ae = ae;
            ArchiveDeviceExtension archiveDevice = ae.getArchiveDeviceExtension();
            try {
                free = archiveDevice.getFreeStorageDescriptors(ae.getObjectStorageIDs());
                full = archiveDevice.getFullStorageDescriptors(ae.getObjectStorageIDs());
            } catch (IllegalArgumentException e) {
                throw new StorageUnavailableException("The storage configuration is not consistent", e);
            }
            passedOver = new ArrayList<>(Stream.concat(free.stream(), full.stream())
                    .filter(StorageDescriptor::isReadOnly).toList());
            free.removeAll(passedOver);
            full.removeAll(passedOver);
            int inTurn = Math.min(ae.getObjectStorageCount(), free.size());
            if (inTurn > 1)
                free.add(0, free.remove(Math.floorMod(turn.getAndIncrement(), inTurn)));
        }

        boolean remain() {
            return !free.isEmpty();
        }

        Storage select() throws StorageUnavailableException {
            try {
                StorageFactory.UsableStorage usable = storages.getUsableStorage(free, full);
                if (usable.updateStorageIDs != null)
                    keepFullOnes(usable.updateStorageIDs);
                return usable.storage;
            } catch (IOException e) {
                throw new StorageUnavailableException("No storage system has space left", e);
            }
        }

        /** Those passed over here are still to be written to by others. */
        private void keepFullOnes(String[] usableIDs) {
            configuration.save(ae, Stream.concat(Stream.of(usableIDs), passedOver.stream().map(StorageDescriptor::getStorageID))
                    .distinct().toArray(String[]::new));
        }

        void setAside(StorageDescriptor failed) {
            passedOver.add(failed);
            free.removeIf(descriptor -> descriptor.getStorageID().equals(failed.getStorageID()));
            full.removeIf(descriptor -> descriptor.getStorageID().equals(failed.getStorageID()));
        }
    }

    private ObjectLocation write(Storage storage, byte[] object) throws IOException {
        WriteContext context;
        try {
            context = writeOnce(storage, object);
        } catch (NoSuchFileException e) {
            // A folder was made, found empty by a deletion on another thread, and removed before the file was created.
            context = writeOnce(storage, object);
        }
        return new ObjectLocation(storage.getStorageDescriptor().getStorageID(), context.getStoragePath());
    }

    private WriteContext writeOnce(Storage storage, byte[] object) throws IOException {
        WriteContext context = storage.createWriteContext(newPath());
        context.setContentLength(object.length);
        boolean complete = false;
        try {
            try (OutputStream out = storage.openOutputStream(context)) {
                out.write(object);
            }
            sync(storage.getStorageDescriptor(), context.getStoragePath());
            storage.commitStorage(context);
            complete = true;
            return context;
        } finally {
            if (!complete)
                revoke(storage, context);
        }
    }

    private static String newPath() {
        String name = UUID.randomUUID().toString().replace("-", "");
        return FOLDER + '/' + name.substring(0, 2) + '/' + name;
    }

    /** The archive leaves the moment of writing to the operating system; a stored object has to survive a power cut. */
    private static void sync(StorageDescriptor descriptor, String path) throws IOException {
        URI root = descriptor.getStorageURI();
        if (!"file".equals(root.getScheme()))
            return;
        // 5.34 names a path as a URI has it, 5.35 as the operating system has it; ours is the same in both
        Path file = Path.of(root).resolve(path);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            } catch (IOException e) {
                LOG.debug("{} cannot be synced", folder, e);
            }
            if (FOLDER.equals(String.valueOf(folder.getFileName())))
                break;
        }
    }

    private static void revoke(Storage storage, WriteContext context) {
        try {
            storage.revokeStorage(context);
        } catch (NoSuchFileException e) {
            LOG.debug("{}: nothing was written to {}", storage.getStorageDescriptor(), context.getStoragePath(), e);
        } catch (IOException | RuntimeException e) {
            LOG.warn("{}: deleting {} failed", storage.getStorageDescriptor(),
                    context.getStoragePath(), e);
        }
    }

    @Override
    public InputStream open(ObjectLocation location) throws IOException {
        Storage storage = storageOf(location);
        InputStream content = null;
        try {
            ReadContext context = storage.createReadContext();
            context.setStoragePath(location.path());
            content = storage.openInputStream(context);
        } finally {
            if (content == null)
                SafeClose.close(storage);
        }
        return new FilterInputStream(content) {
            @Override
            public void close() throws IOException {
                try (storage) {
                    super.close();
                }
            }
        };
    }

    @Override
    public void delete(ObjectLocation location) throws IOException {
        try (Storage storage = storageOf(location)) {
            storage.deleteObject(location.path());
        } catch (NoSuchFileException e) {
            LOG.debug("{}:{} is already deleted", location.storageId(), location.path(), e);
        } catch (IOException e) {
            recentWrites.add(location);
            throw e;
        }
        recentWrites.remove(location);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Names only what this server has written since it started. Everything under {@value #FOLDER} would be too much:
     * after a restore of the database from a backup, the objects stored since then have bytes but no row, and those
     * bytes are the only copy. What a crash leaves behind therefore stays; it is a few kilobytes.
     */
    @Override
    public void list(long minAgeMillis, Consumer<ObjectLocation> found) {
        recentWrites.drain(minAgeMillis).forEach(found);
    }

    private Storage storageOf(ObjectLocation location) throws IOException {
        StorageDescriptor descriptor = device.getDeviceExtension(ArchiveDeviceExtension.class)
                .getStorageDescriptor(location.storageId());
        if (descriptor == null)
            throw new IOException("No storage system " + location.storageId() + " is configured, but hanging protocols are stored on it");
        return storages.getStorage(descriptor);
    }

    private ArchiveAEExtension archiveAE(String calledAET) throws StorageUnavailableException {
        ApplicationEntity ae = device.getApplicationEntity(calledAET, true);
        ArchiveAEExtension extension = ae == null ? null : ae.getAEExtension(ArchiveAEExtension.class);
        if (extension == null || extension.getObjectStorageIDs().length == 0)
            throw new StorageUnavailableException("No object storage is configured for " + calledAET, null);
        return extension;
    }
}

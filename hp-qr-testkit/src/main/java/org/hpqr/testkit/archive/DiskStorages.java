package org.hpqr.testkit.archive;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.dcm4chee.arc.conf.StorageDescriptor;
import org.dcm4chee.arc.storage.Storage;
import org.dcm4chee.arc.storage.StorageFactory;

/** Opens storage systems, and tells which one to use, as the archive's factory does. A test can make them fail. */
public class DiskStorages extends StorageFactory {

    private final Set<String> passedThreshold = new HashSet<>();
    private final Set<String> broken = new HashSet<>();
    private final AtomicInteger open = new AtomicInteger();
    private final List<String> committed = new CopyOnWriteArrayList<>();
    private final AtomicInteger foldersToVanish = new AtomicInteger();

    /** The threshold of this storage system is passed from now on. */
    public void passThreshold(String storageID) {
        passedThreshold.add(storageID);
    }

    /** Writing to this storage system fails half way from now on. */
    public void breakDown(String storageID) {
        broken.add(storageID);
    }

    /** The next time a file is to be created, its folder is not there any more. */
    public void letFolderVanish() {
        foldersToVanish.incrementAndGet();
    }

    /** Storage systems that were opened and not closed. */
    public int open() {
        return open.get();
    }

    /** Paths that were committed. */
    public List<String> committed() {
        return committed;
    }

    boolean isBroken(String storageID) {
        return broken.contains(storageID);
    }

    void beforeOpening(String storageID) throws IOException {
        if (foldersToVanish.getAndUpdate(n -> Math.max(0, n - 1)) > 0)
            throw new NoSuchFileException(storageID);
    }

    void closed() {
        open.decrementAndGet();
    }

    void committed(String path) {
        committed.add(path);
    }

    @Override
    public Storage getStorage(StorageDescriptor descriptor) {
        open.incrementAndGet();
        return new DiskStorage(descriptor, this);
    }

    @Override
    public UsableStorage getUsableStorage(List<StorageDescriptor> free, List<StorageDescriptor> full) throws IOException {
        boolean changed = false;
        for (Iterator<StorageDescriptor> each = free.iterator(); each.hasNext();) {
            StorageDescriptor descriptor = each.next();
            if (!passedThreshold.contains(descriptor.getStorageID())) {
                List<StorageDescriptor> kept = new ArrayList<>(free);
                kept.addAll(full);
                return new UsableStorage(getStorage(descriptor), changed ? idsOf(kept) : null);
            }
            descriptor.setStorageThresholdExceeded(new Date());
            each.remove();
            changed = true;
        }
        throw new IOException("No space left on configured storage systems");
    }

    private static String[] idsOf(List<StorageDescriptor> descriptors) {
        return descriptors.stream().map(StorageDescriptor::getStorageID).toArray(String[]::new);
    }
}

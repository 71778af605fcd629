package org.dcm4chee.arc.storage;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.dcm4chee.arc.conf.StorageDescriptor;

/** Signatures of dcm4chee-arc-storage 5.34.3. */
public class StorageFactory {

    public Storage getStorage(StorageDescriptor descriptor) {
        throw new UnsupportedOperationException("archive-api holds signatures only");
    }

    public UsableStorage getUsableStorage(List<StorageDescriptor> free, List<StorageDescriptor> full) throws IOException {
        throw new UnsupportedOperationException("archive-api holds signatures only");
    }

    /** A storage system with space left. */
    public static class UsableStorage implements Closeable {

        public final Storage storage;
        /** Storage IDs the configuration is to keep; {@code null} if nothing has changed. */
        public final String[] updateStorageIDs;

        public UsableStorage(Storage storage, String[] updateStorageIDs) {
            this.storage = storage;
            this.updateStorageIDs = updateStorageIDs;
        }

        @Override
        public void close() throws IOException {
            storage.close();
        }
    }
}

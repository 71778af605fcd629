package org.hpqr.testkit.archive;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.dcm4chee.arc.conf.StorageDescriptor;
import org.dcm4chee.arc.storage.ReadContext;
import org.dcm4chee.arc.storage.Storage;
import org.dcm4chee.arc.storage.WriteContext;

/** A storage system that behaves as the archive's file system storage does: folders come and go with their content. */
final class DiskStorage implements Storage {

    private final StorageDescriptor descriptor;
    private final DiskStorages owner;
    private final Path root;

    DiskStorage(StorageDescriptor descriptor, DiskStorages owner) {
        this.descriptor = descriptor;
        this.owner = owner;
        this.root = Path.of(descriptor.getStorageURI());
    }

    @Override
    public StorageDescriptor getStorageDescriptor() {
        return descriptor;
    }

    @Override
    public WriteContext createWriteContext(String storagePath) {
        DiskContext context = new DiskContext();
        context.setStoragePath(storagePath);
        return context;
    }

    @Override
    public ReadContext createReadContext() {
        return new DiskContext();
    }

    @Override
    public OutputStream openOutputStream(WriteContext ctx) throws IOException {
        Path file = root.resolve(ctx.getStoragePath());
        owner.beforeOpening(descriptor.getStorageID());
        Files.createDirectories(file.getParent());
        return new FilterOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            @Override
            public void write(byte[] b, int off, int len) throws IOException {
                if (owner.isBroken(descriptor.getStorageID())) {
                    out.write(b, off, len / 2);
                    throw new IOException("No space left on device");
                }
                out.write(b, off, len);
            }
        };
    }

    @Override
    public InputStream openInputStream(ReadContext ctx) throws IOException {
        return Files.newInputStream(root.resolve(ctx.getStoragePath()));
    }

    @Override
    public void revokeStorage(WriteContext ctx) throws IOException {
        deleteObject(ctx.getStoragePath());
    }

    @Override
    public void deleteObject(String storagePath) throws IOException {
        Path file = root.resolve(storagePath);
        Files.delete(file);
        for (Path folder = file.getParent(); !folder.equals(root); folder = folder.getParent()) {
            try {
                Files.deleteIfExists(folder);
            } catch (DirectoryNotEmptyException e) {
                return;
            }
        }
    }

    @Override
    public void close() {
        owner.closed();
    }

    @Override
    public void commitStorage(WriteContext ctx) {
        owner.committed(ctx.getStoragePath());
    }
}

package org.dcm4chee.arc.storage;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.dcm4chee.arc.conf.StorageDescriptor;

/** Signatures of dcm4chee-arc-storage 5.34.3. */
public interface Storage extends Closeable {

    StorageDescriptor getStorageDescriptor();

    WriteContext createWriteContext(String storagePath);

    ReadContext createReadContext();

    OutputStream openOutputStream(WriteContext ctx) throws IOException;

    void commitStorage(WriteContext ctx) throws IOException;

    void revokeStorage(WriteContext ctx) throws IOException;

    void deleteObject(String storagePath) throws IOException;

    InputStream openInputStream(ReadContext ctx) throws IOException;
}

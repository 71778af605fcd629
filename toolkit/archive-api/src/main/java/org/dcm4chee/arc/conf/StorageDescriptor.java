package org.dcm4chee.arc.conf;

import java.net.URI;
import java.util.Date;

/** Signatures of dcm4chee-arc-conf 5.34.3. */
public final class StorageDescriptor {

    private final String storageID;
    private URI storageURI;
    private boolean readOnly;
    private Date storageThresholdExceeded;

    public StorageDescriptor(String storageID) {
        this.storageID = storageID;
    }

    public String getStorageID() {
        return storageID;
    }

    public URI getStorageURI() {
        return storageURI;
    }

    public void setStorageURIStr(String uri) {
        storageURI = URI.create(uri);
    }

    public boolean isReadOnly() {
        return readOnly;
    }

    public void setReadOnly(boolean readOnly) {
        this.readOnly = readOnly;
    }

    public Date getStorageThresholdExceeded() {
        return storageThresholdExceeded;
    }

    public void setStorageThresholdExceeded(Date since) {
        storageThresholdExceeded = since;
    }

    @Override
    public String toString() {
        return "Storage[id=" + storageID + ", uri=" + storageURI + ']';
    }
}

package org.dcm4chee.arc.storage;

/** Signatures of dcm4chee-arc-storage 5.34.3. */
public interface ReadContext {

    String getStoragePath();

    void setStoragePath(String storagePath);
}

package org.dcm4chee.arc.storage;

import java.security.MessageDigest;

/** Signatures of dcm4chee-arc-storage 5.34.3. */
public interface ReadContext {

    Storage getStorage();

    String getStoragePath();

    void setStoragePath(String storagePath);

    long getSize();

    void setSize(long size);

    void incrementSize(long size);

    MessageDigest getMessageDigest();

    void setMessageDigest(MessageDigest messageDigest);

    byte[] getDigest();

    String getStudyInstanceUID();

    void setStudyInstanceUID(String studyInstanceUID);
}

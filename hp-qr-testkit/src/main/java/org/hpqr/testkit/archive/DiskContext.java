package org.hpqr.testkit.archive;

import java.security.MessageDigest;
import org.dcm4che3.data.Attributes;
import org.dcm4chee.arc.storage.Storage;
import org.dcm4chee.arc.storage.WriteContext;

/** Carries the path, and nothing else that the plugin uses. */
final class DiskContext implements WriteContext {

    private final Storage storage;
    private String storagePath;
    private long contentLength = -1;
    private long size;

    DiskContext(Storage storage) {
        this.storage = storage;
    }

    @Override
    public Storage getStorage() {
        return storage;
    }

    @Override
    public String getStoragePath() {
        return storagePath;
    }

    @Override
    public void setStoragePath(String storagePath) {
        this.storagePath = storagePath;
    }

    @Override
    public long getSize() {
        return size;
    }

    @Override
    public void setSize(long size) {
        this.size = size;
    }

    @Override
    public void incrementSize(long increment) {
        size += increment;
    }

    @Override
    public long getContentLength() {
        return contentLength;
    }

    @Override
    public void setContentLength(long contentLength) {
        this.contentLength = contentLength;
    }

    @Override
    public MessageDigest getMessageDigest() {
        return null;
    }

    @Override
    public void setMessageDigest(MessageDigest messageDigest) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] getDigest() {
        return null;
    }

    @Override
    public String getStudyInstanceUID() {
        return null;
    }

    @Override
    public void setStudyInstanceUID(String studyInstanceUID) {
        throw new UnsupportedOperationException("a hanging protocol has no study");
    }

    @Override
    public Attributes getAttributes() {
        return null;
    }

    @Override
    public void setAttributes(Attributes attrs) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isDeletionLock() {
        return false;
    }

    @Override
    public void setDeletionLock(boolean deletionLock) {
        throw new UnsupportedOperationException();
    }
}

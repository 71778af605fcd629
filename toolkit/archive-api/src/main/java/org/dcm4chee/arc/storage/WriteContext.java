package org.dcm4chee.arc.storage;

import org.dcm4che3.data.Attributes;

/** Signatures of dcm4chee-arc-storage 5.34.3. */
public interface WriteContext extends ReadContext {

    Attributes getAttributes();

    void setAttributes(Attributes attrs);

    long getContentLength();

    void setContentLength(long contentLength);

    boolean isDeletionLock();

    void setDeletionLock(boolean deletionLock);
}

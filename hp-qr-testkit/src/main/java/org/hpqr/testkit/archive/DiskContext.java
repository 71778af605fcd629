package org.hpqr.testkit.archive;

import org.dcm4chee.arc.storage.WriteContext;

/** Carries the path, and nothing else that the plugin uses. */
final class DiskContext implements WriteContext {

    private String storagePath;

    @Override
    public String getStoragePath() {
        return storagePath;
    }

    @Override
    public void setStoragePath(String storagePath) {
        this.storagePath = storagePath;
    }

    @Override
    public void setContentLength(long contentLength) {
        // a file has the length that is written
    }
}

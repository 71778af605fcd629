package org.hpqr.spi;

/**
 * Where the bytes of one stored object are, as an {@link ObjectStorage} named it when it wrote them.
 *
 * @param storageId identifies the storage system within the server, for example {@code fs1}
 * @param path      path within the storage system; made by the storage, never from a peer's input
 */
public record ObjectLocation(String storageId, String path) {

    /** For the log. */
    @Override
    public String toString() {
        return storageId + ':' + path;
    }
}

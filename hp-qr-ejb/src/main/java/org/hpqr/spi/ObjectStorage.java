package org.hpqr.spi;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/**
 * Port that a server may provide: keeps the bytes of objects outside of the database. An object is written once and never changed; a new version of it is a new object.
 */
public interface ObjectStorage {

    /**
     * Writes one object. When this returns, the bytes are durable (a file is synced); when it throws, nothing of them
     * is left.
     *
     * @param calledAET AE title the object was sent to; a server may have a storage for each
     * @param object    the bytes, file meta information included
     * @return where they are
     * @throws StorageUnavailableException no storage takes objects now (full, read-only, not reachable): A700
     * @throws IOException                 the write failed otherwise
     */
    ObjectLocation write(String calledAET, byte[] object) throws IOException;

    /**
     * Opens an object for reading.
     *
     * @throws java.nio.file.NoSuchFileException nothing is there (any more): the caller looks the object up again, for
     *                                           it may have been replaced in between
     * @throws IOException                       it cannot be read
     */
    InputStream open(ObjectLocation location) throws IOException;

    /**
     * Deletes an object; no error if it is gone already.
     *
     * @throws IOException it could not be deleted and is still there
     */
    void delete(ObjectLocation location) throws IOException;

    /**
     * Names every object of ours that lies in the storage longer than {@code minAgeMillis}, for the sweep that finds
     * bytes without a row; the youngest first, as of several with one UID the last one written is the one to be stored. A
     * storage that cannot list its content names none.
     *
     * @param minAgeMillis younger objects are left out: their row may be on its way
     * @param found        gets location after location
     * @throws IOException the content cannot be listed
     */
    void list(long minAgeMillis, Consumer<ObjectLocation> found) throws IOException;
}

package org.hpqr.web.rs;

import java.io.IOException;
import java.util.Optional;
import org.hpqr.database.StoredInstance;
import org.hpqr.dataset.StoredObject;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the objects of matches, one by one. One that cannot be read must not keep anybody from the others. */
final class MatchedObjects {

    private static final Logger LOG = LoggerFactory.getLogger(MatchedObjects.class);

    private final WebOperations operations;
    private final ServiceRequest request;

    /** What is made of an object. */
    interface Conversion<T> {

        /** @throws IOException it cannot be decoded */
        T of(StoredObject object) throws IOException;
    }

    /** This object cannot be read; others may be. */
    static final class UnreadableException extends Exception {

        private static final long serialVersionUID = 1L;

        UnreadableException(Throwable cause) {
            super(cause);
        }
    }

    MatchedObjects(WebOperations operations, ServiceRequest request) {
        this.operations = operations;
        this.request = request;
    }

    /**
     * Reads an object and makes something of it.
     *
     * @return empty: it was removed since it was found
     * @throws UnreadableException it is damaged; the log names it
     * @throws IOException         there is no database, or no memory for it: nothing can be read
     */
    <T> Optional<T> read(String uid, Conversion<T> conversion) throws UnreadableException, IOException {
        try {
            Optional<StoredInstance> instance = operations.locate(uid, request);
            return instance.isEmpty() ? Optional.empty() : Optional.of(convert(uid, operations.read(instance.get(), request), conversion));
        } catch (HpFailure e) {
            if (e.status() != HpStatus.GET_FAILED)
                throw new IOException(e.comment(), e);
            throw unreadable(uid, e);
        }
    }

    private static <T> T convert(String uid, StoredObject object, Conversion<T> conversion) throws UnreadableException {
        try {
            return conversion.of(object);
        } catch (IOException e) {
            throw unreadable(uid, e);
        }
    }

    private static UnreadableException unreadable(String uid, Exception reason) {
        LOG.warn("{} cannot be read and was left out of an answer", uid, reason);
        return new UnreadableException(reason);
    }
}

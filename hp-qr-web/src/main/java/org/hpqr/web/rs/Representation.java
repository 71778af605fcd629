package org.hpqr.web.rs;

import org.hpqr.dataset.StoredObject;
import org.hpqr.status.HpFailure;

/**
 * A hanging protocol that was looked up, as it is or as it was.
 *
 * @param digest   content digest, which is its ETag
 * @param contents reads it
 */
record Representation(String digest, Contents contents) {

    /** Reads the bytes. */
    interface Contents {

        /** @throws HpFailure they cannot be read */
        StoredObject read() throws HpFailure;
    }
}

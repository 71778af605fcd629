package org.hpqr.spi;

import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Dimse;
import org.hpqr.status.HpFailure;

/** Port: who may do what. */
public interface AccessPolicy {

    /**
     * May the peer of this association invoke this operation? If not, it is answered 0124.
     *
     * @param association an association that was accepted: calling AE title and user identity can be asked of it
     * @param operation   C_STORE_RQ, C_FIND_RQ, C_MOVE_RQ or C_GET_RQ
     */
    boolean mayInvoke(Association association, Dimse operation);

    /**
     * The user on whose behalf the peer of this association invokes operations (User Identity Negotiation, PS3.7 D.3.3.7). Asked
     * at each operation, and only if {@link HpSettings#IDENTITY} is not off.
     *
     * @return empty if the peer has named none
     */
    default Optional<User> user(Association association) {
        return Optional.empty();
    }

    /**
     * May objects be moved to this destination on behalf of this peer? If not, the move is answered A801, as if the
     * title were unknown.
     *
     * @param association the C-MOVE requester's
     * @param destination trimmed AE title of the move destination
     */
    boolean mayMoveTo(Association association, String destination);

    /**
     * May this object be stored? Asked when it is known to be a valid one, before anything of it is kept. Without a rule of
     * its own about objects, a server allows every one.
     *
     * @param calledAET AE title that the object was sent to
     * @param object    its data set, only to be read
     * @throws HpFailure 0124, with the reason as its comment; A700 if it cannot be found out now
     */
    default void checkStore(String calledAET, Attributes object) throws HpFailure {
    }
}

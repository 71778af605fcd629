package org.hpqr.database;

/**
 * Who changed an object. Each is {@code null} if it is not known.
 *
 * @param aeTitle calling AE title
 * @param user    name of the user; what is longer than the column is cut
 * @param address address of the peer
 */
public record ChangedBy(String aeTitle, String user, String address) {

    private static final int MAX_USER = 255;

    public ChangedBy {
        if (user != null && user.length() > MAX_USER)
            user = user.substring(0, MAX_USER);
    }

    /** A peer of which nothing but its AE title is known. */
    public static ChangedBy aeTitle(String aeTitle) {
        return new ChangedBy(aeTitle, null, null);
    }
}

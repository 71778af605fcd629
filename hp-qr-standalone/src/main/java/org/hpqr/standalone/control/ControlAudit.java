package org.hpqr.standalone.control;

import org.hpqr.status.HpStatus;

/** Is told what commands have stored and read, and for whom. */
public interface ControlAudit {

    /**
     * A file was imported.
     *
     * @param user           who asked, as the operating system says
     * @param sopInstanceUid of the file; {@code null} if it has none
     * @param replaced       it took the place of an object with the same UID
     * @param outcome        what a C-STORE would have been answered
     */
    void imported(String user, String sopInstanceUid, boolean replaced, HpStatus outcome);

    /**
     * An object was deleted for good, as a file had it.
     *
     * @param user    who asked, as the operating system says
     * @param outcome what became of it
     */
    void removed(String user, String sopInstanceUid, HpStatus outcome);

    /**
     * An export has ended.
     *
     * @param objects number of objects that were read
     * @param failed  number of those that could not be
     */
    void exported(String user, long objects, long failed);
}

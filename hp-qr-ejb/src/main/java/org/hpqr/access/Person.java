package org.hpqr.access;

import org.hpqr.selection.Reader;

/**
 * A user, in the terms of hanging protocols.
 *
 * @param reader        the user's code, and the groups the user is a member of
 * @param groupManager  may change the protocols of these groups
 * @param administrator may see and change everything
 */
record Person(Reader reader, boolean groupManager, boolean administrator) {
}

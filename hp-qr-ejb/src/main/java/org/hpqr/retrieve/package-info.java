/**
 * What a C-MOVE and a C-GET are made of: the identifier, the tally of sub-operations and the status it leads to, reading
 * stored objects, resolving and opening the move destination.
 */
package org.hpqr.retrieve;

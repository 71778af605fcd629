/**
 * Which Hanging Protocol applies to a study, why, and what it shows in each image box: PS3.3 C.23.1 to C.23.4, PS3.17
 * Annex V. A library: it needs the toolkit's data sets and the Java platform, no server, no database, no network.
 *
 * <p>Start at {@link org.hpqr.selection.HangingProtocolSelection}. All results are immutable records, made to be
 * serialised as they are. Every step gives a {@link org.hpqr.selection.Reason} in one plain sentence. A rule that cannot be
 * evaluated is {@link org.hpqr.selection.Outcome#NOT_EVALUABLE}, never taken for true or false.
 *
 * <p>Nothing here changes a data set that it is given, so that several threads may share one.
 */
package org.hpqr.selection;

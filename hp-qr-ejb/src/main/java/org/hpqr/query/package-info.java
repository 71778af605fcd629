/**
 * C-FIND (PS3.4 U.4.1, K.4.1) without the network and without the database: what a request asks
 * ({@link org.hpqr.query.FindIdentifier}), which objects match it, and what is answered.
 *
 * <p>{@link org.hpqr.query.Narrowing} says by which values objects may be left out before they are matched.
 */
package org.hpqr.query;

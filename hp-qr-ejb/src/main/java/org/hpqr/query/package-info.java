/**
 * C-FIND (PS3.4 U.4.1, K.4.1) without the network and without the database: what the information model knows
 * ({@link org.hpqr.query.HangingProtocolModel}), what a request asks ({@link org.hpqr.query.FindIdentifier}), and what
 * the database has to know of an object for a search ({@link org.hpqr.query.ProtocolIndexer}).
 *
 * <p>Matching is done twice. {@link org.hpqr.query.Narrowing} says by which conditions the database may leave objects
 * out; what it delivers is then matched exactly. So no habit of a database (collation, trailing spaces, NULL, cut
 * columns) can change an answer.
 */
package org.hpqr.query;

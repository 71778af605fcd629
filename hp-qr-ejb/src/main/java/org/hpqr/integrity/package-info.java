/**
 * Proves now and then, without being asked, that every stored object is what was stored
 * ({@link org.hpqr.integrity.IntegrityCheck}): a retrieve proves it, too, but some objects are fetched once a year.
 */
package org.hpqr.integrity;

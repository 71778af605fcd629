/**
 * What is stored, in memory. Hanging Protocols are few and small, so each server keeps all of them ({@link
 * org.hpqr.catalogue.Catalogue}), and proves before each operation, with one small statement, that it has what is committed.
 * The database decides; the catalogue is never a cache that may be stale.
 */
package org.hpqr.catalogue;

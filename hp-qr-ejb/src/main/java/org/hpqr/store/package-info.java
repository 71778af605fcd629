/**
 * Accepting an object: parse, check its identity, validate, write its bytes, write its row, in an order that never loses
 * an acknowledged object and leaves nothing of a refused one.
 */
package org.hpqr.store;

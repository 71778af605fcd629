/**
 * The Hanging Protocol IOD (PS3.3 A.44) as tables, one class a module or macro, and the check that holds a data set
 * against them. A rule of the standard that changes is a row that changes.
 */
package org.hpqr.store.iod;

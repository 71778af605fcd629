/**
 * From bytes to data sets and back, with bounds: what a peer sends is read up to a limit and decoded with a limit.
 */
package org.hpqr.dataset;

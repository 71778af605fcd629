/**
 * What the plugin is measured against, deployed by the benchmark beside it, into the same server: the toolkit's own
 * services with constant answers on a port of their own, and bare loops over the same data source and disk. Nothing of
 * this is in what is shipped.
 */
package org.hpqr.bench.floor;

/**
 * The benchmark of {@code bench.sh}: starts the standalone server, fills it, measures it beside its floors, and reports.
 * Never shipped; a module of the build so that it always compiles.
 */
package org.hpqr.bench;

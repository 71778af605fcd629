package org.hpqr.bench;

/**
 * What was seen while one scenario ran for a while.
 *
 * @param nanos       time of each operation
 * @param rate        operations a second, all associations together
 * @param items       matches or objects of an operation, on average
 * @param serverCpu   processor time of the server's Java for one operation, in nanoseconds
 * @param databaseCpu processor time of PostgreSQL for one operation, in nanoseconds; 0 with H2, which is in the server
 */
record Window(long[] nanos, double rate, double items, double serverCpu, double databaseCpu) {
}

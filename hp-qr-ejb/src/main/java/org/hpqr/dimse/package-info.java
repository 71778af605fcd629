/**
 * The DIMSE side: the four services, the tasks that run a find or a retrieve, and the one place where a failure becomes
 * a response ({@link org.hpqr.dimse.Operation}).
 */
package org.hpqr.dimse;

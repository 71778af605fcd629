/**
 * The statuses the service answers with: one table ({@link org.hpqr.status.HpStatus}) and the one exception that carries
 * a status from where a failure is found to where it is answered ({@link org.hpqr.status.HpFailure}).
 */
package org.hpqr.status;

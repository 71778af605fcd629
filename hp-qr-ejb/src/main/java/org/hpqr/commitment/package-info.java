/**
 * Storage commitment of hanging protocols (PS3.4 Annex J): what is asked ({@link org.hpqr.commitment.CommitmentRequest}) and what
 * is answered ({@link org.hpqr.commitment.StorageCommitment}). It knows no association: a server that has no storage commitment
 * of its own brings the service.
 */
package org.hpqr.commitment;

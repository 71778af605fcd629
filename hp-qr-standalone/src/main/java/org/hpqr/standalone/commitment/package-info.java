/**
 * The Storage Commitment Push Model SOP class over associations: {@link org.hpqr.standalone.commitment.StorageCommitmentScp}
 * takes requests, {@link org.hpqr.standalone.commitment.CommitmentReport} brings the answer. In an archive this service is the
 * archive's, which has one bean for the SOP class.
 */
package org.hpqr.standalone.commitment;

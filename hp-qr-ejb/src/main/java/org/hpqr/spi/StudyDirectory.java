package org.hpqr.spi;

import java.util.List;
import java.util.Optional;
import org.dcm4che3.data.Attributes;

/**
 * Port: knows studies, so that it can be asked by a Study Instance UID which protocols apply. Optional: where no bean provides
 * it, as in the standalone server, such a question is answered 501, and the client has to send the metadata of the study.
 */
public interface StudyDirectory {

    /**
     * A study and the studies of its patient before it. Each is given by the data sets of one instance a series or more, with the
     * attributes of patient, study and series, without pixel data. They are read, never changed.
     *
     * @param study    the study that was asked for; at least one data set
     * @param priors   its patient's other studies, in any order, each at least one data set; those after it may be among them
     * @param complete {@code true}: each data set has all attributes of its instance, but for bulk data, as the metadata of PS3.18
     *                 10.4.1.1.2 has, so that what is absent is absent in the instance. {@code false}: what is absent is unknown
     */
    record PatientStudies(List<Attributes> study, List<List<Attributes>> priors, boolean complete) {

        public PatientStudies {
            study = List.copyOf(study);
            priors = List.copyOf(priors);
        }
    }

    /**
     * Looks a study up, with the rights of who asks.
     *
     * @param studyInstanceUid a valid UID
     * @param requestor        who asks: only what this user may see is returned
     * @param maxPriors        most prior studies that are returned: the newest ones before the study; at least 0
     * @param maxSeries        most series of all returned studies together; the study goes first, then its newest prior
     * @return empty if there is no such study, or the requestor may not see it
     * @throws DirectoryUnavailableException it cannot be found out now
     */
    Optional<PatientStudies> find(String studyInstanceUid, WebAudit.Requestor requestor, int maxPriors, int maxSeries)
            throws DirectoryUnavailableException;
}

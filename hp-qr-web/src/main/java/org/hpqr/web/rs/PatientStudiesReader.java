package org.hpqr.web.rs;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.hpqr.service.RequestMemory;
import org.hpqr.spi.DirectoryUnavailableException;
import org.hpqr.spi.Settings;
import org.hpqr.spi.StudyDirectory;
import org.hpqr.spi.StudyDirectory.PatientStudies;

/** The study that protocols are applied to, with the prior ones: what the client sends, or what the server has. */
@Dependent
class PatientStudiesReader {

    /** No protocol of practice asks for an older prior study. */
    private static final int MAX_PRIORS = 50;
    /** Most series that are read in the server's own studies. */
    private static final int MAX_SERIES = 1_000;

    @Inject
    private Settings settings;

    @Inject
    private Instance<StudyDirectory> directory;

    /**
     * Reads them.
     *
     * @param memory for what is sent, until it is not needed any more
     * @throws WebFailure as {@link SentDatasets#metadata}; 400: there is no study, or not the one that is named; 404: the server has no such
     *                    study; 501: it has no studies at all
     */
    PatientStudies read(ServiceRequest request, ApplicableParameters parameters, RequestMemory.Share memory) throws WebFailure {
        boolean sent = request.http().getHeader(HttpHeaders.CONTENT_TYPE) != null;
        return sent ? sent(SentDatasets.metadata(request, settings, memory), parameters) : own(request, parameters.studyInstanceUid());
    }

    private static PatientStudies sent(List<Attributes> instances, ApplicableParameters parameters) throws WebFailure {
        Map<String, List<Attributes>> studies = new LinkedHashMap<>();
        for (Attributes instance : instances)
            studies.computeIfAbsent(instance.getString(Tag.StudyInstanceUID, ""), uid -> new ArrayList<>()).add(instance);
        if (studies.isEmpty())
            throw new WebFailure(WebFailure.BAD_REQUEST, "The metadata contain no data set");
        String current = parameters.studyInstanceUid() == null ? studies.keySet().iterator().next() : parameters.studyInstanceUid();
        List<Attributes> study = studies.remove(current);
        if (study == null)
            throw new WebFailure(WebFailure.BAD_REQUEST, "The metadata contain no data set of the study that StudyInstanceUID names");
        return new PatientStudies(study, new ArrayList<>(studies.values()), parameters.complete());
    }

    private PatientStudies own(ServiceRequest request, String studyInstanceUid) throws WebFailure {
        if (studyInstanceUid == null)
            throw new WebFailure(WebFailure.BAD_REQUEST, "The request has neither metadata nor StudyInstanceUID");
        if (!directory.isResolvable())
            throw new WebFailure(WebFailure.NOT_IMPLEMENTED, "This server has no studies; send the metadata of the study");
        try {
            return directory.get().find(studyInstanceUid, request.requestor(), MAX_PRIORS, MAX_SERIES)
                    .orElseThrow(() -> new WebFailure(WebFailure.NOT_FOUND, "There is no study with this Study Instance UID"));
        } catch (DirectoryUnavailableException e) {
            throw WebFailure.unavailable("The studies cannot be read now", e);
        }
    }
}

package org.hpqr.web.rs;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.hpqr.database.StoredInstance;
import org.hpqr.selection.Evaluation;
import org.hpqr.selection.HangingProtocolSelection;
import org.hpqr.selection.Layout;
import org.hpqr.selection.Reader;
import org.hpqr.selection.Selection;
import org.hpqr.selection.Study;
import org.hpqr.service.RequestMemory;
import org.hpqr.spi.StudyDirectory.PatientStudies;
import org.hpqr.status.HpFailure;
import org.hpqr.web.media.ResponseType;
import org.hpqr.web.rs.ApplicableAnswer.Picture;

/** Applies the stored protocols to a study: ranked, with the reasons, and what falls into the image boxes of one of them. */
@Dependent
class ApplicableTransaction {

    /** Most protocols in each list of an answer, which is in memory as a whole. */
    private static final int MOST_LISTED = 10_000;

    @Inject
    private WebOperations operations;

    @Inject
    private PatientStudiesReader studies;

    @Inject
    private RequestMemory memory;

    Response run(ServiceRequest request) throws WebFailure, HpFailure {
        request.negotiate(SupportedTypes.REASONS);
        ApplicableParameters parameters = ApplicableParameters.of(request);
        RequestMemory.Share share = memory.share();
        try {
            PatientStudies read = studies.read(request, parameters, share);
            Study study = new Study(read.study(), read.complete());
            List<Study> priors = read.priors().stream().map(instances -> new Study(instances, read.complete())).toList();
            return Response.ok(RecordJson.output(answer(request, parameters, study, priors)), ResponseType.PLAIN_JSON.mediaType()).build();
        } finally {
            share.giveBack();
        }
    }

    private ApplicableAnswer answer(ServiceRequest request, ApplicableParameters parameters, Study study, List<Study> priors)
            throws HpFailure, WebFailure {
        Reader reader = parameters.reader() != null ? parameters.reader() : operations.permissions(request).reader().orElse(null);
        Evaluation evaluation = new Evaluation(reader, study, priors.size(), parameters.display(), MOST_LISTED);
        boolean complete;
        try (WebOperations.Search<Attributes> all = operations.all(request)) {
            for (Attributes protocol = all.next(); protocol != null; protocol = all.next())
                evaluation.add(protocol);
            complete = !all.isIncomplete() && evaluation.leftOut() == 0;
        }
        Selection selection = evaluation.result();
        String uid = parameters.protocol() != null ? parameters.protocol()
                : selection.applicable().isEmpty() ? null : selection.applicable().get(0).sopInstanceUid();
        if (uid == null)
            return new ApplicableAnswer(selection, complete, priors.size(), null, null);
        Attributes protocol = protocol(uid, request);
        Layout layout = HangingProtocolSelection.layout(protocol, study, priors);
        List<Picture> pictures = parameters.picture() ? ApplicableAnswer.pictures(protocol, layout, parameters.language()) : List.of();
        return new ApplicableAnswer(selection, complete, priors.size(), layout, pictures.isEmpty() ? null : pictures);
    }

    private Attributes protocol(String uid, ServiceRequest request) throws HpFailure, WebFailure {
        StoredInstance instance = operations.locate(uid, request).orElseThrow(WebFailure::noSuchProtocol);
        return WebOperations.decoded(operations.read(instance, request));
    }
}

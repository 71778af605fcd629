package org.hpqr.web.rs;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import org.dcm4che3.data.Attributes;
import org.hpqr.query.FindIdentifier;
import org.hpqr.service.Explain.Explanation;
import org.hpqr.service.RequestMemory;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.Settings;
import org.hpqr.status.HpFailure;
import org.hpqr.web.media.ResponseType;

/** Explains the answer to a query: what of each protocol matches, or the first key that does not. */
@Dependent
class ExplainTransaction {

    @Inject
    private WebOperations operations;

    @Inject
    private Settings settings;

    @Inject
    private RequestMemory memory;

    Response run(ServiceRequest request) throws WebFailure, HpFailure {
        request.negotiate(SupportedTypes.REASONS);
        RequestMemory.Share share = memory.share();
        try {
            return explain(request, SentDatasets.keys(request, settings, share));
        } finally {
            share.giveBack();
        }
    }

    private Response explain(ServiceRequest request, Attributes keys) throws HpFailure {
        FindIdentifier identifier = FindIdentifier.of(keys, settings.get(HpSettings.UNKNOWN_VALUES, request.calledAET()),
                settings.get(HpSettings.MAX_KEYS, request.calledAET()));
        WebOperations.Search<Explanation> explanations = operations.explain(identifier, request);
        RequestFilter.closeAfter(request.http(), explanations);
        // a server that cannot answer says so before the answer begins
        Explanation first = explanations.next();
        return Response.ok(new ExplainOutput(identifier, first, explanations, settings.get(HpSettings.MAX_MATCHES, request.calledAET())),
                ResponseType.PLAIN_JSON.mediaType()).build();
    }
}

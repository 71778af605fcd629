package org.hpqr.web.rs;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.stream.JsonGenerator;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.service.RecentFinds;
import org.hpqr.service.RecentFinds.RecentFind;
import org.hpqr.web.media.DicomJson;
import org.hpqr.web.media.DicomJsonWriter;
import org.hpqr.web.media.ResponseType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lists the last C-FIND requests with their identifiers, which can be sent back to be explained. */
@Dependent
class RecentFindsTransaction {

    private static final Logger LOG = LoggerFactory.getLogger(RecentFindsTransaction.class);

    @Inject
    private WebOperations operations;

    @Inject
    private RecentFinds recentFinds;

    Response run(ServiceRequest request) throws WebFailure {
        request.negotiate(SupportedTypes.REASONS);
        // they name what others look for
        if (!operations.permissions(request).areUnlimited())
            throw new WebFailure(WebFailure.FORBIDDEN, "The user may not see the requests of others");
        int kept = recentFinds.kept(request.calledAET());
        List<RecentFind> finds = recentFinds.of(request.calledAET());
        return Response.ok(new JsonOutput(json -> write(json, kept, finds)), ResponseType.PLAIN_JSON.mediaType()).build();
    }

    private static void write(JsonGenerator json, int kept, List<RecentFind> finds) {
        json.writeStartObject().write("kept", kept).writeStartArray("finds");
        finds.forEach(find -> write(json, find));
        json.writeEnd().writeEnd();
    }

    private static void write(JsonGenerator json, RecentFind find) {
        json.writeStartObject().write("time", find.time().toString()).write("callingAeTitle", find.callingAET())
                .write("matches", find.matches()).write("status", String.format("%04X", find.status().code()));
        Attributes identifier = identifier(find);
        if (identifier != null)
            DicomJsonWriter.writeMember(json, "identifier", identifier);
        json.writeEnd();
    }

    /** {@code null} if the peer sent something that is not a data set. */
    private static Attributes identifier(RecentFind find) {
        try {
            return DicomJson.inUtf8(DatasetCodec.decode(find.identifier(), find.transferSyntax()));
        } catch (IOException | RuntimeException e) {
            // the toolkit meets some malformed input with unchecked exceptions
            LOG.debug("An identifier of {} cannot be decoded", find.callingAET(), e);
            return null;
        }
    }
}

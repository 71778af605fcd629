package org.hpqr.web.rs;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.util.Map;
import org.dcm4che3.data.UID;
import org.hpqr.access.Permissions;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.dataset.StoredObject;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;
import org.hpqr.web.media.MultipartWriter;
import org.hpqr.web.media.ResponseType;

/** Retrieve (PS3.18 12.4). */
@Dependent
class RetrieveTransaction {

    private static final String READING_METHODS = "GET, HEAD, OPTIONS";
    private static final String ALL_METHODS = "GET, HEAD, OPTIONS, POST, DELETE";

    @Inject
    private WebOperations operations;

    /** @param replaced number of a replaced content; {@code null}: the protocol as it is */
    Response run(ServiceRequest request, String uid, Long replaced) throws WebFailure {
        ResponseType type = request.negotiate(SupportedTypes.RETRIEVE);
        try {
            Representation found = operations.representation(uid, replaced, request);
            EntityTag tag = new EntityTag(found.digest());
            Response.ResponseBuilder response = Conditions.notModified(request.http(), tag);
            if (response == null) {
                StoredObject object = found.contents().read();
                response = answer(request, type, uid, object).header(HttpHeaders.ALLOW, replaced == null ? allowed(object, request) : READING_METHODS);
            }
            return response.tag(tag).build();
        } catch (HpFailure e) {
            throw WebFailure.of(e);
        }
    }

    /** What this user may do with it, so that a client offers nothing else. */
    private String allowed(StoredObject object, ServiceRequest request) throws HpFailure {
        Permissions permissions = operations.permissions(request);
        try {
            return permissions.areUnlimited() || permissions.allowWriting(DatasetCodec.decode(object.dataset(), object.transferSyntax()))
                    ? ALL_METHODS : READING_METHODS;
        } catch (IOException e) {
            throw new HpFailure(HpStatus.GET_FAILED, "The stored object cannot be decoded", e);
        }
    }

    private static Response.ResponseBuilder answer(ServiceRequest request, ResponseType type, String uid, StoredObject object)
            throws HpFailure {
        try {
            return switch (type) {
                case DICOM -> Response.ok(file(object, uid), type.mediaType() + "; transfer-syntax=" + UID.ExplicitVRLittleEndian);
                case OHIF -> Response.ok(OhifOutput.of(uid, object), type.mediaType());
                case MULTIPART_DICOM -> multipart(request, type, uid, file(object, uid));
                default -> {
                    DatasetsOutput output = DatasetsOutput.of(type, DatasetCodec.decode(object.dataset(), object.transferSyntax()));
                    yield Response.ok(output, output.contentType());
                }
            };
        } catch (IOException e) {
            throw new HpFailure(HpStatus.GET_FAILED, "The stored object cannot be decoded", e);
        }
    }

    /** A PS3.10 file in Explicit VR Little Endian (8.7.3.5.2), the values as they are stored (PS3.4 GG.4.2). */
    static byte[] file(StoredObject object, String uid) throws IOException {
        return new StoredObject(UID.ExplicitVRLittleEndian, object.sourceAET(), object.in(UID.ExplicitVRLittleEndian))
                .toFile(UID.HangingProtocolStorage, uid);
    }

    private static Response.ResponseBuilder multipart(ServiceRequest request, ResponseType type, String uid, byte[] file) {
        MultipartWriter multipart = new MultipartWriter(type.partType());
        StreamingOutput output = out -> {
            multipart.beginPart(out, "; transfer-syntax=" + UID.ExplicitVRLittleEndian,
                    Map.of("Content-Location", StoreResult.retrieveUrl(request.serviceUrl(), uid)));
            out.write(file);
            multipart.end(out);
        };
        return Response.ok(output, multipart.contentType());
    }
}

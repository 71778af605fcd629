package org.hpqr.web.rs;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.hpqr.dataset.DecodingLimits;
import org.hpqr.dataset.SopInstanceUid;
import org.hpqr.service.RequestMemory;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.Settings;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;
import org.hpqr.store.Outcome;
import org.hpqr.store.ReceivedObject;
import org.hpqr.web.media.ResponseType;
import org.hpqr.web.rs.SentInstances.SentInstance;

/** Store (PS3.18 12.5). Each instance stands for itself, as if it came in a C-STORE of its own. */
@Dependent
class StoreTransaction {

    /** Most instances of a request; what is beyond them has to come in another one. */
    private static final int MAX_INSTANCES = 10_000;

    @Inject
    private WebOperations operations;

    @Inject
    private Settings settings;

    @Inject
    private RequestMemory memory;

    /** @param uid the only instance that may be in the request; {@code null} for any */
    Response run(ServiceRequest request, String uid) throws WebFailure, HpFailure {
        ResponseType type = request.negotiate(SupportedTypes.STORE);
        String replaces = uid == null ? null : replaced(request, uid);
        StoreResult result = new StoreResult(request.serviceUrl());
        RequestMemory.Share share = memory.share();
        try {
            SentInstances instances = SentInstances.of(request.http().getHeader(HttpHeaders.CONTENT_TYPE), body(request),
                    settings.get(HpSettings.MAX_OBJECT_SIZE, request.calledAET()),
                    DecodingLimits.of(settings, request.calledAET()), share);
            if (uid == null)
                storeAll(instances, request, result);
            else
                storeOne(instances, request, uid, replaces, result);
        } catch (IOException e) {
            throw RequestBody.failure(e);
        } finally {
            share.giveBack();
        }
        if (result.size() == 0)
            throw new WebFailure(WebFailure.BAD_REQUEST, "The request contains no instance");
        Response.ResponseBuilder response = Response.status(result.httpStatus());
        if (type == ResponseType.OHIF) {
            response.type(type.mediaType()).entity(result.ohif());
        } else {
            DatasetsOutput output = DatasetsOutput.of(type, result.dataset());
            response.type(output.contentType()).entity(output);
        }
        if (result.httpStatus() == WebFailure.UNAVAILABLE)
            response.header(HttpHeaders.RETRY_AFTER, FailureMapper.RETRY_AFTER);
        return response.build();
    }

    /** The conditions of the request, as {@link ReceivedObject} has them. */
    private String replaced(ServiceRequest request, String uid) throws WebFailure, HpFailure {
        List<String> tags = Conditions.ifMatch(request.http(), false);
        if (Conditions.isForNew(request.http()))
            return ReceivedObject.NOTHING;
        if (tags.isEmpty() && request.http().getHeader(HttpHeaders.IF_MATCH) != null && operations.locate(uid, request).isEmpty())
            throw WebFailure.conflict();
        return operations.meant(tags, uid, request);
    }

    private RequestBody body(ServiceRequest request) throws IOException, WebFailure {
        long limit = settings.get(HpSettings.MAX_REQUEST_SIZE, request.calledAET());
        if (request.http().getContentLengthLong() > limit)
            throw new WebFailure(WebFailure.CONTENT_TOO_LARGE, "The request is too large");
        return new RequestBody(request.http().getInputStream(), limit,
                settings.get(HpSettings.RECEIVE_TIMEOUT, request.calledAET()));
    }

    private void storeAll(SentInstances instances, ServiceRequest request, StoreResult result) throws IOException, WebFailure {
        for (SentInstance instance = instances.next(); instance != null; instance = instances.next()) {
            if (result.size() == MAX_INSTANCES) {
                result.failed(null, null, HpStatus.OUT_OF_RESOURCES, false);
                return;
            }
            store(instance, request, null, result);
        }
    }

    /** Nothing is stored before it is certain that there is nothing else. */
    private void storeOne(SentInstances instances, ServiceRequest request, String uid, String replaces, StoreResult result)
            throws IOException, WebFailure {
        SentInstance instance = instances.next();
        if (instance == null)
            return;
        boolean single = !instances.hasMore();
        if (single && (instance.isTooLarge() || instance.failure() == null && uid.equals(instance.sopInstanceUid())))
            store(instance, request, replaces, result);
        else
            result.failed(instance.sopClassUid(), instance.sopInstanceUid(),
                    instance.failure() == null ? HpStatus.DOES_NOT_MATCH_SOP_CLASS : instance.failure(), instance.failure() == null);
    }

    private void store(SentInstance instance, ServiceRequest request, String replaces, StoreResult result) throws WebFailure {
        if (instance.isTooLarge()) {
            result.tooLarge(instance.sopClassUid(), instance.sopInstanceUid());
            return;
        }
        try {
            if (operations.store(received(instance, request, replaces), request) == Outcome.CONFLICT)
                throw WebFailure.conflict();
            result.stored(instance.sopInstanceUid());
            result.lost(instance.diagnostics());
        } catch (HpFailure e) {
            result.failed(instance.sopClassUid(), instance.sopInstanceUid(), e.status(), isDuplicate(e));
        }
    }

    private static ReceivedObject received(SentInstance instance, ServiceRequest request, String replaces) throws HpFailure {
        if (instance.failure() != null)
            throw new HpFailure(instance.failure(), "The instance cannot be read");
        if (!UID.HangingProtocolStorage.equals(instance.sopClassUid()))
            throw new HpFailure(HpStatus.SOP_CLASS_NOT_SUPPORTED, "SOP class not supported");
        if (!SopInstanceUid.isValid(instance.sopInstanceUid()))
            throw new HpFailure(HpStatus.INVALID_SOP_INSTANCE, "Invalid SOP Instance UID");
        return new ReceivedObject(request.calledAET(), request.caller().changedBy(), instance.sopClassUid(), instance.sopInstanceUid(),
                instance.transferSyntax(), instance.dataset(), replaces);
    }

    /** The request itself says which instance it is about, so nothing else about its UID can be wrong. */
    private static boolean isDuplicate(HpFailure failure) {
        return failure.status() == HpStatus.DOES_NOT_MATCH_SOP_CLASS && failure.offendingElements().length == 1
                && failure.offendingElements()[0] == Tag.SOPInstanceUID;
    }
}

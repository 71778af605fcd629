package org.hpqr.web.rs;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.util.UIDUtils;
import org.hpqr.database.StoredInstance;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.dataset.DecodingLimits;
import org.hpqr.dataset.StoredObject;
import org.hpqr.service.RequestMemory;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.Settings;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;
import org.hpqr.store.ReceivedObject;
import org.hpqr.web.media.DatasetReader;
import org.hpqr.web.media.DicomJson;
import org.hpqr.web.media.DicomJsonReader;
import org.hpqr.web.media.MalformedContentException;
import org.hpqr.web.media.MediaType;
import org.hpqr.web.media.ResponseType;

/**
 * Stores a copy of a protocol under a UID of its own, for another user, group or site; beyond the standard. The copy names
 * what it was made of in Source Hanging Protocol Sequence (0072,0012).
 */
@Dependent
class CopyTransaction {

    /** What the client may say of the copy; all else is that of the source. */
    private static final List<Integer> CHANGEABLE = List.of(Tag.HangingProtocolName, Tag.HangingProtocolDescription,
            Tag.HangingProtocolLevel, Tag.HangingProtocolCreator, Tag.HangingProtocolUserIdentificationCodeSequence,
            Tag.HangingProtocolUserGroupName);
    /** A data set of these attributes is small. */
    private static final int MAX_CHANGES = 65_536;
    private static final DateTimeFormatter DT = DateTimeFormatter.ofPattern("yyyyMMddHHmmssxx");

    @Inject
    private WebOperations operations;

    @Inject
    private Settings settings;

    @Inject
    private RequestMemory memory;

    Response run(ServiceRequest request, String uid) throws WebFailure, HpFailure {
        ResponseType type = request.negotiate(SupportedTypes.STORE_RESULT);
        Attributes changes = changes(request);
        RequestMemory.Share share = memory.share();
        try {
            StoredInstance instance = operations.locate(uid, request).orElseThrow(WebFailure::noSuchProtocol);
            List<String> tags = Conditions.ifMatch(request.http(), false);
            if (!tags.isEmpty() && !tags.contains(instance.contentDigest()))
                throw WebFailure.conflict();
            if (!share.take(Math.toIntExact(instance.objectSize()), RequestMemory.TEXT))
                throw new HpFailure(HpStatus.OUT_OF_RESOURCES, "No memory is free for the copy");
            Attributes copy = copy(operations.read(instance, request), uid, changes);
            String copyUid = copy.getString(Tag.SOPInstanceUID);
            operations.store(new ReceivedObject(request.calledAET(), request.caller().changedBy(), UID.HangingProtocolStorage, copyUid, UID.ExplicitVRLittleEndian,
                    DatasetCodec.encode(copy, UID.ExplicitVRLittleEndian)), request);
            StoreResult result = new StoreResult(request.serviceUrl());
            result.stored(copyUid);
            DatasetsOutput output = DatasetsOutput.of(type, result.dataset());
            return Response.status(Response.Status.CREATED).type(output.contentType()).entity(output)
                    .header(HttpHeaders.LOCATION, StoreResult.retrieveUrl(request.serviceUrl(), copyUid)).build();
        } catch (HpFailure e) {
            if (e.status() == HpStatus.NOT_AUTHORIZED)
                // the source is one that the user sees
                throw new WebFailure(WebFailure.FORBIDDEN, "The user may not store this copy");
            throw e;
        } catch (IOException e) {
            throw new HpFailure(HpStatus.GET_FAILED, "The stored object cannot be decoded", e);
        } finally {
            share.giveBack();
        }
    }

    private Attributes changes(ServiceRequest request) throws WebFailure {
        String contentType = request.http().getContentType();
        if (!MediaType.parse(contentType).map(MediaType::name).orElse("").equals(ResponseType.JSON.mediaType()))
            throw new WebFailure(WebFailure.UNSUPPORTED_MEDIA_TYPE, "The attributes of the copy must be " + ResponseType.JSON);
        Attributes changes;
        try {
            DatasetReader reader = new DicomJsonReader(new RequestBody(request.http().getInputStream(), MAX_CHANGES,
                    settings.get(HpSettings.RECEIVE_TIMEOUT, request.calledAET())), DecodingLimits.of(settings, request.calledAET()));
            changes = reader.next();
            if (changes == null || reader.next() != null)
                throw new WebFailure(WebFailure.BAD_REQUEST, "The attributes of the copy must be one data set");
        } catch (MalformedContentException e) {
            throw new WebFailure(WebFailure.BAD_REQUEST, e.getMessage());
        } catch (IOException e) {
            throw RequestBody.failure(e);
        }
        for (int tag : changes.tags())
            if (tag != Tag.SpecificCharacterSet && !CHANGEABLE.contains(tag))
                throw new WebFailure(WebFailure.BAD_REQUEST, "An attribute cannot be changed in a copy");
        return changes;
    }

    private static Attributes copy(StoredObject source, String uid, Attributes changes) throws IOException {
        // as text both are in one character set
        Attributes copy = DicomJson.inUtf8(source.decoded());
        if (changes.contains(Tag.HangingProtocolLevel)) {
            // whose it was says nothing any more
            copy.setNull(Tag.HangingProtocolUserIdentificationCodeSequence, VR.SQ);
            copy.remove(Tag.HangingProtocolUserGroupName);
        }
        DicomJson.merge(changes, copy);
        // PS3.5 B.2: a UUID as a single component below 2.25
        copy.setString(Tag.SOPInstanceUID, VR.UI, UIDUtils.createUID("2.25"));
        copy.setString(Tag.HangingProtocolCreationDateTime, VR.DT, OffsetDateTime.now().format(DT));
        Attributes reference = new Attributes();
        reference.setString(Tag.ReferencedSOPClassUID, VR.UI, UID.HangingProtocolStorage);
        reference.setString(Tag.ReferencedSOPInstanceUID, VR.UI, uid);
        copy.newSequence(Tag.SourceHangingProtocolSequence, 1).add(reference);
        return copy;
    }
}

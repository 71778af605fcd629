package org.hpqr.web.rs;

import jakarta.ws.rs.core.StreamingOutput;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.hpqr.dataset.SopInstanceUid;
import org.hpqr.ohif.Diagnostic;
import org.hpqr.status.HpStatus;

/** What a store came to (PS3.18 Annex I), and the HTTP status that says so in short (PS3.18 12.5.3). */
final class StoreResult {

    private final String serviceUrl;
    private final Attributes result = new Attributes();
    private Sequence stored;
    private Sequence failed;
    /** By the index of the stored instance. */
    private final Map<Integer, List<Diagnostic>> diagnostics = new HashMap<>();
    private boolean conflict;
    private boolean unavailable;
    private boolean tooLarge;

    /** @param serviceUrl URI of the service, without a slash at the end */
    StoreResult(String serviceUrl) {
        this.serviceUrl = serviceUrl;
        // several instances have no URL in common
        result.setNull(Tag.RetrieveURL, VR.UR);
    }

    /** An instance was stored. */
    void stored(String sopInstanceUid) {
        if (stored == null)
            stored = result.newSequence(Tag.ReferencedSOPSequence, 1);
        Attributes item = new Attributes();
        item.setString(Tag.ReferencedSOPClassUID, VR.UI, UID.HangingProtocolStorage);
        item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, sopInstanceUid);
        item.setString(Tag.RetrieveURL, VR.UR, retrieveUrl(serviceUrl, sopInstanceUid));
        stored.add(item);
    }

    /**
     * An instance was not stored.
     *
     * @param sopClassUid    left out if it could not be read, or is none
     * @param sopInstanceUid left out if it could not be read, or is none
     * @param conflict       it stands against what is stored, or against the request: 409 where nothing was stored
     */
    void failed(String sopClassUid, String sopInstanceUid, HpStatus reason, boolean conflict) {
        if (failed == null)
            failed = result.newSequence(Tag.FailedSOPSequence, 1);
        Attributes item = new Attributes();
        if (SopInstanceUid.isValid(sopClassUid))
            item.setString(Tag.ReferencedSOPClassUID, VR.UI, sopClassUid);
        if (SopInstanceUid.isValid(sopInstanceUid))
            item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, sopInstanceUid);
        item.setInt(Tag.FailureReason, VR.US, reason.failureReason());
        failed.add(item);
        this.conflict |= conflict;
        unavailable |= reason.httpStatus() == WebFailure.UNAVAILABLE;
    }

    /** An instance was not stored, as it is larger than any that is accepted: to send it again does not help. */
    void tooLarge(String sopClassUid, String sopInstanceUid) {
        boolean before = unavailable;
        failed(sopClassUid, sopInstanceUid, HpStatus.OUT_OF_RESOURCES, false);
        unavailable = before;
        tooLarge = true;
    }

    /** What DICOM cannot say of the protocol of OHIF that was stored last. */
    void lost(List<Diagnostic> ofTheLast) {
        if (!ofTheLast.isEmpty())
            diagnostics.put(stored.size() - 1, ofTheLast);
    }

    /**
     * The same for the viewer OHIF: an array with an object for each instance, those that were stored first, with
     * {@code sopInstanceUID}, and either {@code retrieveURL} and {@code diagnostics} or {@code failureReason}, the status.
     */
    StreamingOutput ohif() {
        return new JsonOutput(json -> {
            json.writeStartArray();
            for (int i = 0; stored != null && i < stored.size(); i++) {
                json.writeStartObject().write("sopInstanceUID", stored.get(i).getString(Tag.ReferencedSOPInstanceUID))
                        .write("retrieveURL", stored.get(i).getString(Tag.RetrieveURL));
                RecordJson.write(json, "diagnostics", diagnostics.getOrDefault(i, List.of()));
                json.writeEnd();
            }
            for (int i = 0; failed != null && i < failed.size(); i++) {
                json.writeStartObject();
                if (failed.get(i).contains(Tag.ReferencedSOPInstanceUID))
                    json.write("sopInstanceUID", failed.get(i).getString(Tag.ReferencedSOPInstanceUID));
                json.write("failureReason", String.format("%04X", failed.get(i).getInt(Tag.FailureReason, 0))).writeEnd();
            }
            json.writeEnd();
        });
    }

    /** Number of instances that the request has brought so far. */
    int size() {
        return (stored == null ? 0 : stored.size()) + (failed == null ? 0 : failed.size());
    }

    /** The data set of the response. */
    Attributes dataset() {
        return result;
    }

    /** 200 if at least one instance was stored, otherwise what kept all of them from it. */
    int httpStatus() {
        if (stored != null)
            return 200;
        if (conflict)
            return 409;
        if (unavailable)
            return 503;
        return tooLarge ? 413 : 400;
    }

    /** Where an instance is retrieved from. */
    static String retrieveUrl(String serviceUrl, String sopInstanceUid) {
        return serviceUrl + "/hanging-protocols/" + sopInstanceUid;
    }
}

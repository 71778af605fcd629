package org.hpqr.web.media;

/** The media types that a response can have (PS3.18 12.1.3, 8.7.3). */
public enum ResponseType {

    /** The default: an array of the DICOM JSON Model. */
    JSON("application/dicom+json", null),
    /** One PS3.10 file. */
    DICOM("application/dicom", null),
    /** A document of the Native DICOM Model in each part. */
    MULTIPART_XML("multipart/related", "application/dicom+xml"),
    /** A PS3.10 file in each part. */
    MULTIPART_DICOM("multipart/related", "application/dicom"),
    /** Beyond the standard: a PS3.10 file in each entry. */
    ZIP("application/zip", null),
    /** Beyond the standard: protocols of the viewer OHIF, with what was lost on the way. */
    OHIF("application/vnd.ohif.hanging-protocol+json", null),
    /** Capabilities (PS3.18 Annex H). */
    WADL("application/vnd.sun.wadl+xml", null),
    /** Capabilities and other answers that hold no data set. */
    PLAIN_JSON("application/json", null);

    private final String mediaType;
    private final String partType;

    ResponseType(String mediaType, String partType) {
        this.mediaType = mediaType;
        this.partType = partType;
    }

    /** The media type without parameters. */
    public String mediaType() {
        return mediaType;
    }

    /** The media type of a part; {@code null} if it is not multipart. */
    public String partType() {
        return partType;
    }

    /** As Accept and the documentation write it. */
    @Override
    public String toString() {
        return partType == null ? mediaType : mediaType + "; type=\"" + partType + '"';
    }

    /** Says whether a media type that a client names is this one. */
    boolean is(MediaType accepted) {
        if (!accepted.name().equals(mediaType))
            return false;
        if (partType != null && !partType.equals(accepted.partType()))
            return false;
        return !mayHaveTransferSyntax() || isTransferSyntax(accepted.parameter("transfer-syntax"));
    }

    private boolean mayHaveTransferSyntax() {
        return this == DICOM || this == MULTIPART_DICOM;
    }

    /** Explicit VR Little Endian is the only one sent (PS3.18 8.7.3.5.2). */
    private static boolean isTransferSyntax(String uid) {
        return uid == null || uid.equals("*") || uid.equals("1.2.840.10008.1.2.1");
    }
}

package org.hpqr.ohif;

/** Attributes of rules of OHIF that are no attributes of DICOM. */
final class OhifNames {

    /** Which of the opened studies: 0 the current one, then the prior ones. */
    static final String STUDY_INDEX = "studyInstanceUIDsIndex";
    /** The plane of the images; known to OHIF only where the extension hp-qr-ohif is installed. */
    static final String IMAGE_PLANE = "imagePlane";

    private OhifNames() {
    }
}

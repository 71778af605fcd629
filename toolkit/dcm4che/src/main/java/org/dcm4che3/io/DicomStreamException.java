package org.dcm4che3.io;

import java.io.IOException;

/** The bytes are no DICOM stream: unchecked in the fork, checked in dcm4che. */
public class DicomStreamException extends IOException {

    private static final long serialVersionUID = 1L;

    public DicomStreamException(String message) {
        super(message);
    }
}

package org.hpqr.ohif;

import java.util.List;
import org.dcm4che3.data.Attributes;

/**
 * What a protocol of OHIF became in DICOM.
 *
 * @param dataset     valid in every rule of the IOD (PS3.3 A.44); it keeps the original in a private element
 * @param diagnostics what DICOM cannot say of it; empty if nothing was lost
 */
public record DicomProtocol(Attributes dataset, List<Diagnostic> diagnostics) {

    public DicomProtocol {
        diagnostics = List.copyOf(diagnostics);
    }
}

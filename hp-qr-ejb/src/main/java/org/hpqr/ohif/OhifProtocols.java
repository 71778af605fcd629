package org.hpqr.ohif;

import jakarta.json.JsonObject;
import java.util.List;

/**
 * What a DICOM Hanging Protocol became in OHIF.
 *
 * @param protocols   one; several if its definitions ask for different codes
 * @param diagnostics what OHIF cannot do of it; empty if nothing was lost
 */
public record OhifProtocols(List<JsonObject> protocols, List<Diagnostic> diagnostics) {

    public OhifProtocols {
        protocols = List.copyOf(protocols);
        diagnostics = List.copyOf(diagnostics);
    }
}

/**
 * Hanging protocols of the viewer OHIF: DICOM Hanging Protocols (PS3.3 A.44) become protocols of OHIF and the other way round.
 * What one of them cannot express is reported, never left out in silence. {@code hp-qr-ohif/mapping.js} has the tables; the
 * browser's half of the conversion, {@code hp-qr-ohif/convert.js}, reads the same file.
 */
package org.hpqr.ohif;

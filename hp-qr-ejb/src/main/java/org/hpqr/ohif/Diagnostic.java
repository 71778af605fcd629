package org.hpqr.ohif;

/**
 * What a conversion lost or approximated.
 *
 * @param path    where, in the source: keywords of DICOM with item numbers from 1,
 *                {@code DisplaySetsSequence[2].SortingOperationsSequence[1]}, or names of OHIF, {@code stages[0].viewports[1]}, with
 *                indexes from 0
 * @param code    what kind of loss: a key of {@code messages} in {@code mapping.js}
 * @param message the same in a sentence, for people
 */
public record Diagnostic(String path, String code, String message) {
}

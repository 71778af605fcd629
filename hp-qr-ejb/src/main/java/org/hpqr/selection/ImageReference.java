package org.hpqr.selection;

/**
 * An image: an instance, or a frame of one that has Per-frame Functional Groups. What an instance has no value of is
 * {@code null}.
 *
 * @param studyInstanceUid  Study Instance UID (0020,000D)
 * @param seriesInstanceUid Series Instance UID (0020,000E)
 * @param sopInstanceUid    SOP Instance UID (0008,0018)
 * @param frame             number of the frame, from 1; 0: the whole instance
 */
public record ImageReference(String studyInstanceUid, String seriesInstanceUid, String sopInstanceUid, int frame) {
}

package org.hpqr.selection;

import java.util.Objects;

/**
 * Images of one series that a display set shows, for people. What the images have no value of is {@code null}.
 *
 * @param studyInstanceUid  Study Instance UID (0020,000D)
 * @param seriesInstanceUid Series Instance UID (0020,000E)
 * @param current           {@code true}: of the current study; {@code false}: of a prior one
 * @param studyDate         Study Date (0008,0020), YYYYMMDD
 * @param modality          Modality (0008,0060)
 * @param seriesNumber      Series Number (0020,0011)
 * @param description       Series Description (0008,103E)
 * @param images            how many of its images
 */
public record SeriesPart(String studyInstanceUid, String seriesInstanceUid, boolean current, String studyDate, String modality,
                         String seriesNumber, String description, int images) {

    boolean isOf(ImageReference image) {
        return Objects.equals(seriesInstanceUid, image.seriesInstanceUid()) && Objects.equals(studyInstanceUid, image.studyInstanceUid());
    }

    SeriesPart withImages(int number) {
        return new SeriesPart(studyInstanceUid, seriesInstanceUid, current, studyDate, modality, seriesNumber, description, number);
    }
}

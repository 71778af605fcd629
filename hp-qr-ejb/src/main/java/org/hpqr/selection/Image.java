package org.hpqr.selection;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;

/**
 * An image that a rule is asked of.
 *
 * @param study    0: the current study; n: the n-th of the prior ones, in the order they were given
 * @param frame    number of the frame, from 1; 0: the instance with all its frames
 * @param complete as of {@link Study}
 */
record Image(int study, Attributes instance, int frame, boolean complete, ImageReference reference) {

    static Image of(int study, Attributes instance, boolean complete) {
        return new Image(study, instance, 0, complete, reference(instance, 0));
    }

    /** The frames, if they have attributes of their own (PS3.3 C.7.6.16); else the image as it is. */
    List<Image> frames() {
        int frames = Elements.items(instance, Tag.PerFrameFunctionalGroupsSequence).size();
        return frames == 0 || frame > 0 ? List.of(this) : IntStream.rangeClosed(1, frames)
                .mapToObj(number -> new Image(study, instance, number, complete, new ImageReference(reference.studyInstanceUid(),
                        reference.seriesInstanceUid(), reference.sopInstanceUid(), number))).toList();
    }

    /** The items that hold its Functional Group Sequences: the shared one, and that of the frame, or those of all. */
    List<Attributes> functionalGroups() {
        List<Attributes> shared = Elements.items(instance, Tag.SharedFunctionalGroupsSequence);
        List<Attributes> perFrame = Elements.items(instance, Tag.PerFrameFunctionalGroupsSequence);
        if (frame > 0)
            perFrame = perFrame.subList(frame - 1, frame);
        return shared.isEmpty() ? perFrame : perFrame.isEmpty() ? shared
                : Stream.concat(perFrame.stream(), shared.stream()).toList();
    }

    private static ImageReference reference(Attributes instance, int frame) {
        return new ImageReference(Elements.text(instance, Tag.StudyInstanceUID).orElse(null),
                Elements.text(instance, Tag.SeriesInstanceUID).orElse(null),
                Elements.text(instance, Tag.SOPInstanceUID).orElse(null), frame);
    }
}

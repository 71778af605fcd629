package org.hpqr.selection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.dcm4che3.data.Attributes;

/** The current study and the prior ones, with what the time of an image set is measured by. */
final class Studies {

    private final List<Image> images = new ArrayList<>();
    private final List<Optional<AcquisitionTime>> begins = new ArrayList<>();
    private final Optional<AcquisitionTime> current;

    Studies(Study study, List<Study> priors) {
        add(study);
        priors.forEach(this::add);
        // a study has one time to measure from: that of its first image
        current = images.stream().filter(image -> image.study() == 0).flatMap(image -> AcquisitionTime.of(image).stream())
                .min(Comparator.comparing(AcquisitionTime::time));
    }

    private void add(Study study) {
        int number = begins.size();
        study.instances().forEach(instance -> images.add(Image.of(number, instance, study.complete())));
        begins.add(begin(study.instances()));
    }

    private static Optional<AcquisitionTime> begin(List<Attributes> instances) {
        return instances.stream().flatMap(instance -> AcquisitionTime.ofStudy(instance).stream()).findFirst();
    }

    /** All instances, those of the current study first, in the order they were given. */
    List<Image> images() {
        return images;
    }

    /** When the current image set was acquired; empty if none of its images says so. */
    Optional<AcquisitionTime> current() {
        return current;
    }

    /** Study Date and Study Time of the n-th prior study; of 0, of the current one. */
    Optional<AcquisitionTime> begin(int study) {
        return begins.get(study);
    }

    /** Says whether a prior study began after the current one, so that it is none; {@code false} if that is not known. */
    boolean isLaterThanCurrent(int study) {
        if (study == 0 || begins.get(0).isEmpty() || begins.get(study).isEmpty())
            return false;
        AcquisitionTime now = begins.get(0).get();
        AcquisitionTime then = begins.get(study).get();
        return now.precise() && then.precise() ? then.time().isAfter(now.time())
                : then.time().toLocalDate().isAfter(now.time().toLocalDate());
    }
}

package org.hpqr.selection;

import java.util.List;
import java.util.Objects;
import org.dcm4che3.data.Attributes;

/**
 * A study as it is known to who asks: the current one or a prior one.
 *
 * @param instances the data sets of its instances, with the attributes of all levels; without pixel data. One instance a
 *                  series is enough to find a protocol. They are read, never changed, and have to stay as they are
 * @param complete  {@code true}: each data set has all attributes of its instance (PS3.18 10.4.1.1.2, a file), so that one
 *                  that is absent is absent in the instance. {@code false}: only some were asked for (PS3.18 10.6), and one
 *                  that is absent is not known
 */
public record Study(List<Attributes> instances, boolean complete) {

    public Study {
        instances = List.copyOf(instances);
        instances.forEach(Objects::requireNonNull);
    }

    /** A study with all attributes of its instances. */
    public static Study of(List<Attributes> instances) {
        return new Study(instances, true);
    }

    /** A study of whose instances only some attributes are known, such as the matches of a query. */
    public static Study partial(List<Attributes> instances) {
        return new Study(instances, false);
    }
}

package org.hpqr.ohif;

import java.util.ArrayList;
import java.util.List;

/** Collects what a conversion reports. */
final class Diagnostics {

    /** A protocol that has more wrong than this is not read to its end by anybody. */
    private static final int MOST = 1_000;

    private final List<Diagnostic> found = new ArrayList<>();

    void report(String path, String code) {
        report(path, code, "");
    }

    /** @param detail takes the place of {@code {}} in the message */
    void report(String path, String code, String detail) {
        if (found.size() < MOST)
            found.add(new Diagnostic(path, code, Mapping.message(code).replace("{}", detail)));
    }

    List<Diagnostic> found() {
        return List.copyOf(found);
    }
}

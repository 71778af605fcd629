package org.hpqr.spi;

import java.util.Map;

/**
 * Port that a home may provide: what it knows of its own health and load. The plugin shows it with its own.
 */
public interface HomeStatus {

    /**
     * Looks whether what the home contributes works.
     *
     * @return what is wrong, by what was looked at (a word in lower case: {@code storage}); empty texts where nothing is
     */
    Map<String, String> problems();

    /** Numbers, by name as Prometheus has it; what only ever grows ends with {@code _total}. */
    Map<String, Long> counts();
}

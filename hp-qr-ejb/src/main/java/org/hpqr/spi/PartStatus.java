package org.hpqr.spi;

import java.util.Map;

/**
 * What a part of the plugin, or the server, knows of its own health and load. A server may provide one; all of them are shown
 * together.
 */
public interface PartStatus {

    /**
     * Looks whether what this part contributes works.
     *
     * @return what is wrong, by what was looked at (a word in lower case: {@code storage}); empty texts where nothing is
     */
    Map<String, String> problems();

    /** Numbers, by name as Prometheus has it; what only ever grows ends with {@code _total}. */
    Map<String, Long> counts();
}

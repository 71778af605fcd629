package org.hpqr.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What axe-core finds wrong with the view that is shown, by the rules of WCAG 2.2 AA. */
final class Accessibility {

    private static final String AXE = source();

    private Accessibility() {
    }

    /** Fails with the rules that are broken and the elements that break them. */
    static void assertNoViolation(Browser browser, String view) {
        browser.script("if (!window.axe) { " + AXE + " }");
        // to describe each element that passes takes most of the time
        Object found = browser.asyncScript("""
                const done = arguments[0];
                axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] }).then(
                    result => done(result.violations.map(rule => rule.id + ' ' + rule.nodes.map(node => node.html + ' ' + node.failureSummary).join(' | '))),
                    error => done([String(error)]));""");
        assertEquals(Map.of(view, List.of()), Map.of(view, found));
    }

    private static String source() {
        try (InputStream in = Accessibility.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

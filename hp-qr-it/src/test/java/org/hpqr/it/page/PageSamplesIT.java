package org.hpqr.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The sample protocols: an empty server offers them, and they can be removed again. */
@ExtendWith(WithSite.class)
@Execution(ExecutionMode.SAME_THREAD)
class PageSamplesIT {

    private final Site site;
    private final Browser browser;

    PageSamplesIT(Site site) {
        this.site = site;
        browser = site.browser();
    }

    @Test
    void areLoadedAndRemoved() throws IOException {
        int count = count();
        site.clear();
        browser.open("");
        Accessibility.assertNoViolation(browser, "empty");
        browser.click("button", "Load the sample protocols");
        browser.awaitMessage(count + " stored, 0 refused");
        browser.awaitStatus("1 to 25");
        browser.until("pictures", () -> (Boolean) browser.script(
                "return document.querySelectorAll('img.thumbnail').length === 25 && document.querySelector('img.thumbnail').naturalWidth > 0"));
        site.screenshot("page-list");
        String uid = site.found("*").get(0);
        assertEquals("SITE", site.got(uid).getString(Tag.HangingProtocolLevel));

        browser.click("a", "Import");
        browser.click("button", "Load the sample protocols");
        browser.awaitMessage(count + " stored, 0 refused");
        assertEquals(count, site.found("*").size());

        Attributes changed = site.got(uid);
        changed.setString(Tag.HangingProtocolDescription, VR.LO, "ours");
        site.storeDatasets(List.of(changed));
        browser.click("button", "Remove the sample protocols");
        browser.click("dialog button", "Delete");
        browser.awaitMessage((count - 1) + " sample protocols are deleted. Changed, so not deleted: " + changed.getString(Tag.HangingProtocolName) + '.');
        assertEquals(List.of(uid), site.found("*"));
        site.clear();
    }

    private static int count() throws IOException {
        try (Stream<Path> definitions = Files.list(Path.of("../src/library"))) {
            return (int) definitions.filter(file -> file.toString().endsWith(".yaml")).count();
        }
    }
}

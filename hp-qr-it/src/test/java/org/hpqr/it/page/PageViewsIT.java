package org.hpqr.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.testkit.samples.CompleteProtocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** How the views look, to everybody: languages, colours, small windows, keyboards, screen readers; and to attackers. */
@ExtendWith(WithSite.class)
@ResourceLock("page")
class PageViewsIT {

    private static final String CHEST = "1.2.840.123456.20030822.223344.1";
    /** Short enough for the 16 characters of a Hanging Protocol Name. */
    private static final String MARKUP = "<img src=x id=x>";
    private static final String SCRIPT = "\"><img src=x onerror=\"window.attacked=1\"><script>attacked=1</script>";

    private final Site site;
    private final Browser browser;

    PageViewsIT(Site site) {
        this.site = site;
        browser = site.browser();
    }

    @BeforeAll
    static void store(Site site) {
        site.storeSamples();
        site.storeDatasets(List.of(CompleteProtocol.make(), hostile()));
        site.web().send("POST", "/hanging-protocols/" + CompleteProtocol.UID_OF_IT + "/retire", null, "If-Match", "*");
    }

    @AfterEach
    void desktop() {
        browser.desktop();
    }

    @ParameterizedTest
    @CsvSource({"list,''", "none,?name=nobody", "detail,?uid=" + CHEST, "german,?lang=de&uid=" + CHEST, "import,?view=import",
        "retired,?view=retired", "missing,?uid=1.2.3"})
    void everyViewIsAccessible(String view, String query) {
        for (String colours : List.of("light", "dark")) {
            browser.colours(colours);
            browser.open(query);
            browser.script("document.querySelectorAll('details').forEach(details => { details.open = true; })");
            Accessibility.assertNoViolation(browser, view + ' ' + colours);
            if (view.equals("detail"))
                site.screenshot("page-" + view + (colours.equals("dark") ? "-dark" : ""));
        }
        browser.size(360, 800);
        browser.open(query);
        browser.script("document.querySelectorAll('details').forEach(details => { details.open = true; })");
        Accessibility.assertNoViolation(browser, view + " small");
        assertTrue(browser.fits(), view);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Copy", "Retire"})
    void everyQuestionIsAccessible(String action) {
        for (String colours : List.of("light", "dark")) {
            browser.colours(colours);
            browser.open("?uid=" + CHEST);
            browser.click("button", action);
            browser.find("dialog");
            Accessibility.assertNoViolation(browser, action + ' ' + colours);
        }
    }

    @Test
    void usesTheWidthOfALargeScreen() {
        browser.size(3840, 2160);
        browser.open("");

        assertTrue(browser.fits());
        assertTrue((Long) browser.script("return Math.round(document.querySelector('table').getBoundingClientRect().width)") > 1_600);
    }

    @Test
    void aProtocolIsShownInPicturesAndWords() {
        browser.open("?lang=de&uid=" + CHEST);

        assertEquals("de", browser.script("return document.documentElement.lang"));
        assertEquals("Chest X-ray", browser.find("h1").getText());
        assertTrue(browser.texts("figcaption li").contains("Linker Bildschirm: „Current CR“, CR aktuell, Stapel."));
        browser.until("two pictures", () -> Long.valueOf(2).equals(browser.script(
                "return [...document.querySelectorAll('img.layout')].filter(image => image.complete && image.naturalWidth > 0).length")));
    }

    @Test
    void theListHasThumbnails() {
        browser.open("");
        browser.until("thumbnails", () -> (Boolean) browser.script("""
                const images = [...document.querySelectorAll('img.thumbnail')];
                images.forEach(image => { image.loading = 'eager'; });
                return images.length > 5 && images.every(image => image.complete && image.naturalWidth > 0);"""));
    }

    @Test
    void everythingCanBeReachedAndDoneByKeyboard() {
        browser.open("");
        browser.press(Keys.TAB);
        assertEquals("Skip to the content", browser.focused().getText());
        tabTo("Name", "input");
        browser.focused().sendKeys("Chest X-ray", Keys.ENTER);
        browser.awaitStatus("1 to 2");
        tabTo("Chest X-ray", "a");
        browser.press(Keys.ENTER);
        browser.awaitText("h1", "Chest X-ray");
        tabTo("Copy", "button");
        browser.press(Keys.ENTER);
        browser.find("dialog");
        tabTo("Cancel", "button");
        browser.press(Keys.SPACE);
        browser.until("the dialog is closed", () -> !browser.has("dialog"));
        assertEquals("Copy", browser.focused().getText());
        tabTo("Show all attributes", "summary");
        browser.press(Keys.ENTER);
        browser.awaitText(".tree", "Hanging Protocol Name");
    }

    /** Presses Tab until the element of this name has the focus; every stop on the way can be seen. */
    private void tabTo(String name, String tag) {
        for (int i = 0; i < 100; i++) {
            browser.press(Keys.TAB);
            WebElement focused = browser.focused();
            assertTrue(focused.isDisplayed(), focused::getTagName);
            if (focused.getTagName().equals(tag) && name.equals(focused.getAccessibleName())) {
                assertFalse(browser.script("return getComputedStyle(document.activeElement).outlineStyle").equals("none"));
                return;
            }
        }
        throw new AssertionError(name + " is not reached by Tab");
    }

    @Test
    void termsAreExplainedOnFocus() {
        browser.open("");
        browser.script("document.querySelector('.why').focus()");

        assertEquals("Hanging Protocol Name (0072,0002). * stands for any text.", browser.find("[role=tooltip]").getText());
    }

    @Test
    void textsOfProtocolsAreTextsOnly() {
        for (String query : List.of("?name=*img*", "?uid=" + hostile().getString(Tag.SOPInstanceUID))) {
            browser.open(query);
            browser.script("document.querySelectorAll('details').forEach(details => { details.open = true; })");
            browser.awaitText("#content", MARKUP);
            assertEquals(Map.of("attacked", false, "elements", 0L), browser.script("""
                    return { attacked: 'attacked' in window, elements: document.querySelectorAll('[src=x], main script').length };"""));
        }
        browser.awaitText(".tree", "onerror");
    }

    /** A protocol in which every text attribute has markup with a script. */
    private static Attributes hostile() {
        Attributes protocol = CompleteProtocol.make();
        attack(protocol);
        protocol.setString(Tag.SOPInstanceUID, VR.UI, "2.25.666");
        return protocol;
    }

    private static void attack(Attributes dataset) {
        for (int tag : dataset.tags())
            switch (dataset.getVR(tag)) {
                case SH -> dataset.setString(tag, VR.SH, MARKUP);
                case LO -> dataset.setString(tag, VR.LO, SCRIPT.substring(0, 64));
                case LT, ST, UT, UC -> dataset.setString(tag, dataset.getVR(tag), SCRIPT);
                case SQ -> {
                    Sequence items = dataset.getSequence(tag);
                    items.forEach(PageViewsIT::attack);
                }
                default -> { }
            }
    }
}

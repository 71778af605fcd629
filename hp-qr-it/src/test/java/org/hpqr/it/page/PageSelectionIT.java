package org.hpqr.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why a protocol is found or applies, as people ask it on the page. */
@ExtendWith(WithSite.class)
@Execution(ExecutionMode.SAME_THREAD)
class PageSelectionIT {

    private static final String CT_ONE_PRIOR = "1.2.840.10008.5.1.4.1.1.76392.999.2";
    private static final String MAMMOGRAPHY = "MG Screening";
    private static final String CHEST_CT = """
            {"0020000D":{"vr":"UI","Value":["1.2.1"]},"0020000E":{"vr":"UI","Value":["1.2.1.1"]},"00080018":{"vr":"UI","Value":["1.2.1.1.1"]},
             "00080020":{"vr":"DA","Value":["20260102"]},"00080060":{"vr":"CS","Value":["CT"]},"00180015":{"vr":"CS","Value":["CHEST"]},
             "0008103E":{"vr":"LO","Value":["Lung"]}}""";

    private final Site site;
    private final Browser browser;

    PageSelectionIT(Site site) {
        this.site = site;
        browser = site.browser();
    }

    @BeforeAll
    static void store(Site site) {
        site.storeSamples();
    }

    @AfterEach
    void desktop() {
        browser.desktop();
    }

    private void assertAccessible(String view) {
        for (String colours : List.of("light", "dark")) {
            browser.colours(colours);
            Accessibility.assertNoViolation(browser, view + ' ' + colours);
        }
        browser.size(360, 800);
        Accessibility.assertNoViolation(browser, view + " small");
        assertTrue(browser.fits(), view);
        browser.desktop();
    }

    @Test
    void typedKeysAreExplained() {
        browser.open("?view=explain");
        browser.fill("modality", "ct");
        browser.fill("screens", "1");
        browser.click("button", "Explain");
        browser.awaitText("tr", MAMMOGRAPHY);

        assertTrue(browser.address().contains("modality=ct"), "the address can be sent to a colleague");
        assertEquals(List.of("Name: ?", "Result: ?", "Why: ?"), browser.script(
                "return [...document.querySelectorAll('#content div > table thead .why')].map(why => why.ariaLabel)"));
        String row = browser.texts("tr").stream().filter(text -> text.contains(MAMMOGRAPHY)).findFirst().orElseThrow();
        assertTrue(row.contains("does not match") && row.contains("Modality (0008,0060) has to be CT, and the protocol has MG."), row);
        site.screenshot("page-explain");
        assertAccessible("explain");
    }

    @Test
    void aRecentFindOfAViewerIsExplained() {
        int found = site.found("CT*").size();
        browser.open("?view=explain");
        browser.awaitText("td", "Hanging Protocol Name: CT*");
        browser.click(() -> browser.find("section tbody tr button"));
        browser.awaitText("h2", found + " of ");

        assertEquals(found, browser.texts("tr.matches").size());
    }

    /** From a protocol, its own answer is asked for. */
    @Test
    void oneProtocolIsExplained() {
        browser.open("?uid=" + CT_ONE_PRIOR);
        browser.click("#content a", "Why found?");
        browser.awaitText("h1", "Why is a protocol found, or not?");
        browser.fill("screens", "7");
        browser.click("button", "Explain");
        browser.awaitText("td", "Number of Screens (0072,0100) has to be 7, and the protocol has 2.");

        assertEquals(1, browser.texts("#content div > table > tbody > tr").size());
        browser.click("a", "Explain every protocol");
        browser.awaitText("tr", MAMMOGRAPHY);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "level=SITE | Hanging Protocol Level (0072,0006) muss SITE sein, und das Protokoll hat SINGLE_USER.",
        "level=SITE | Das Protokoll erfüllt jeden Schlüssel der Anfrage.",
        "group=a | Hanging Protocol User Group Name (0072,0010) muss a sein, und das Protokoll hat keinen Wert.",
        "user=a | Hanging Protocol User Identification Code Sequence (0072,000E) muss eine Sequenz mit einem passenden Item sein, und das Protokoll hat kein Item.",
        "modality=XX | Hanging Protocol Definition Sequence (0072,000C), Item 1 von 2 > Modality (0008,0060) muss XX sein, und das Protokoll hat"})
    void reasonsAreInTheLanguageOfThePage(String key, String sentence) {
        browser.open("?view=explain&lang=de&" + key);
        browser.awaitText("h1", "Warum wird ein Protokoll gefunden oder nicht?");
        browser.awaitText("td", sentence);
    }

    private void choose(String address, String instances, String status) throws IOException {
        Path metadata = Files.writeString(site.directory().resolve("metadata.json"), '[' + instances + ']');
        browser.open(address);
        browser.find("[name=files]").sendKeys(metadata.toAbsolutePath().toString());
        browser.awaitStatus(status);
    }

    /** Those of the selection are sentences of many parts, which the library for viewers makes, too. */
    @Test
    void sentencesOfTheSelectionAreMarkedAsEnglish() throws IOException {
        choose("?view=applicable&lang=de", CHEST_CT, "Datensätze: 1, Studien: 1");
        browser.click("button", "Anwenden");
        browser.awaitText(".reasons li[lang=en]", "the study has CT");
    }

    @Test
    void protocolsAreAppliedToTheMetadataOfAStudy() throws IOException {
        String prior = CHEST_CT.replace("1.2.1", "1.2.2").replace("20260102", "20250102").replace("Lung", "Old lung");
        choose("?view=applicable", prior + ',' + CHEST_CT, "Data sets: 2, studies: 2");
        browser.fill("user", "58489749P:HOSP_ID");
        browser.click("button", "Apply");
        browser.awaitText("h2", "prior studies: 1");

        assertTrue(browser.texts("ol.candidates > li").get(0).startsWith("CT 1 prior (Single user)"), () -> browser.texts("ol.candidates > li").get(0));
        assertTrue(browser.texts(".reasons li").contains("✓ Definition 1 asks for Modality (0008,0060) CT, and the study has CT."));
        browser.awaitText("svg.layout", "Lung");
        browser.awaitText("li", "Old lung × 1, prior study of Jan 2, 2025");
        browser.script("document.querySelectorAll('details').forEach(details => { details.open = true; })");
        browser.awaitText("details li", "The protocol is for the group BREAST_READERS, of which the reader is no member.");
        browser.script("document.querySelector('.filled').scrollIntoView()");
        site.screenshot("page-applicable");
        assertAccessible("applicable");
    }

    @Test
    void emptyBoxesOfTheChosenProtocolAreMarked() throws IOException {
        choose("?view=applicable", CHEST_CT, "Data sets: 1, studies: 1");
        browser.click("button", "Apply");
        browser.awaitText("h2", "prior studies: 0");
        browser.click("button", "Fill its image boxes: CT 1 prior");
        browser.awaitText("h3", "What CT 1 prior shows of this study");

        assertTrue(browser.has("svg.layout g.empty"));
        browser.awaitText("li.refused", ": empty");
    }

    @Test
    void withoutStudiesTheServerSaysSo() {
        browser.open("?view=applicable");
        browser.fill("study", "1.2.3");
        browser.click("button", "Apply");
        browser.awaitText(".problem", "This server has no studies; send the metadata of the study");
    }
}

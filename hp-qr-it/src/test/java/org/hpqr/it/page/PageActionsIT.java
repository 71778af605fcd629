package org.hpqr.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipInputStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;
import org.hpqr.testkit.samples.RandomProtocols;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** What people do on the page, and what a DICOM peer finds of it. */
@ExtendWith(WithSite.class)
@Execution(ExecutionMode.SAME_THREAD)
class PageActionsIT {

    private static final String CHEST = "1.2.840.123456.20030822.223344.1";
    private static final String NAME = "Chest X-ray";

    private final Site site;
    private final Browser browser;

    PageActionsIT(Site site) {
        this.site = site;
        browser = site.browser();
    }

    @BeforeEach
    void store() {
        site.storeSamples();
    }

    @Test
    void findsByWhatIsTypedAndTheAddressSaysIt() {
        browser.open("");
        browser.fill("modality", "mg");
        browser.click("button", "Find");
        browser.awaitStatus("1 to 1");

        assertEquals(List.of("MG Screening"), browser.texts("tbody th a"));
        assertTrue(browser.address().endsWith("&modality=mg"), browser.address());

        browser.open(browser.address().substring(browser.address().indexOf('?')));
        assertEquals(List.of("MG Screening"), browser.texts("tbody th a"));

        browser.click("a", "Clear");
        browser.awaitText("tbody th a", NAME);
    }

    @Test
    void sortsByAColumn() {
        browser.open("");
        assertEquals("Name", browser.find("[aria-sort=ascending]").getText());
        for (String order : List.of("ascending", "descending")) {
            browser.click("thead a", "Priors");
            browser.awaitText("[aria-sort=" + order + "]", "Priors");
            browser.awaitStatus("1 to ");
            List<String> priors = browser.texts("td[data-label=Priors]");
            Comparator<String> expected = order.equals("ascending") ? Comparator.naturalOrder() : Comparator.reverseOrder();
            assertEquals(priors.stream().sorted(expected).toList(), priors);
            assertTrue(Set.copyOf(priors).size() > 1, priors::toString);
        }
        assertTrue(browser.address().endsWith("&sort=-priors"), browser.address());
    }

    @Test
    void reportsEveryRuleOfTheIodThatIsBroken() throws IOException {
        browser.open("?uid=" + CHEST);
        browser.awaitText(".validation", "No rule of the Hanging Protocol IOD (PS3.3 A.44) is broken.");

        Attributes broken = dataset(sample("chest-xray.dcm"));
        broken.remove(Tag.NominalScreenDefinitionSequence);
        broken.getNestedDataset(Tag.DisplaySetsSequence).setString(Tag.ShowGrayscaleInverted, VR.CS, "MAYBE");
        site.storeDatasets(List.of(broken));
        browser.open("?uid=" + CHEST);
        browser.awaitText(".validation p", "Broken rules of the Hanging Protocol IOD (PS3.3 A.44): 2.");
        assertEquals(List.of(
                "It has to be present (type 2) Nominal Screen Definition Sequence (0072,0102) top of the data set PS3.3 Table C.23.2-1",
                "It has a value that is none of the enumerated ones Show Grayscale Inverted (0072,0706)"
                        + " Display Sets Sequence (0072,0200) item 1 PS3.3 Table C.23.3-1"), browser.texts(".validation tbody tr"));
    }

    @Test
    void goesBackToTheListAsItWas() {
        browser.open("?level=SITE");
        List<String> names = browser.texts("tbody th a");
        browser.click("a", NAME);
        browser.awaitText("h1", NAME);
        browser.script("history.back()");
        browser.awaitText("h1", "All protocols");
        browser.awaitStatus("1 to ");
        assertEquals(names, browser.texts("tbody th a"));

        browser.click("a", NAME);
        browser.awaitText("h1", NAME);
        browser.click("a", "Back to the list");
        browser.awaitText("h1", "All protocols");
        browser.awaitStatus("1 to ");
        assertEquals(names, browser.texts("tbody th a"));
    }

    @Test
    void importsFilesAndZipsWithALineForEach() throws IOException {
        site.clear();
        Path zip = Files.write(site.directory().resolve("two.zip"),
                Site.zip(List.of(sample("mammography.dcm"), sample("neurosurgery.dcm"))));
        Path text = Files.writeString(site.directory().resolve("letter.txt"), "Dear server");
        browser.open("?view=import");
        browser.find("input[type=file]").sendKeys(String.join("\n",
                Site.SAMPLES.resolve("chest-xray.dcm").toRealPath().toString(), zip.toString(), text.toString()));
        browser.awaitStatus("3 stored, 1 refused");

        assertEquals(List.of("chest-xray.dcm Stored", "two.zip Stored", "two.zip Stored",
                "letter.txt Refused: it is not a DICOM file that can be read (C000H)"), browser.texts("tbody tr"));
        assertEquals(List.of(CHEST), site.found(NAME));
        assertEquals(1, site.found("MG Screening").size());
        site.screenshot("page-import");
    }

    @Test
    void importsWhatIsDropped() throws IOException {
        site.clear();
        browser.open("?view=import");
        browser.script("""
                const data = new DataTransfer();
                data.items.add(new File([Uint8Array.from(atob(arguments[0]), c => c.charCodeAt(0))], 'dropped.dcm'));
                document.querySelector('.drop').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));""",
                Base64.getEncoder().encodeToString(sample("chest-xray.dcm")));
        browser.awaitStatus("1 stored, 0 refused");

        assertEquals(List.of(CHEST), site.found(NAME));
    }

    @Test
    void exportsTheSelection() throws IOException {
        browser.open("?modality=MG");
        browser.click("a", "Export as zip");
        List<Attributes> exported = exported();

        assertEquals(List.of(site.got(exported.get(0).getString(Tag.SOPInstanceUID))), exported);
        assertEquals("MG Screening", exported.get(0).getString(Tag.HangingProtocolName));
    }

    /** What is marked stays marked on other pages and in other searches. */
    @Test
    void exportsWhatIsMarked() throws IOException {
        browser.open("");
        assertFalse(browser.has(".exports button"));
        browser.click("input", "Mark Chest X-ray");
        browser.awaitText(".exports span", "Marked: 1");
        browser.fill("modality", "MG");
        browser.click("button", "Find");
        browser.awaitStatus("1 to 1");
        browser.named("input", "Mark MG Screening").sendKeys(Keys.SPACE);
        browser.awaitText(".exports span", "Marked: 2");
        assertTrue(browser.named("input", "Mark all on this page").isSelected());
        browser.click("a", "Export marked as zip");
        assertEquals(Set.of("Chest X-ray", "MG Screening"),
                exported().stream().map(protocol -> protocol.getString(Tag.HangingProtocolName)).collect(Collectors.toSet()));

        browser.click("input", "Mark all on this page");
        browser.awaitText(".exports span", "Marked: 1");
        browser.click("button", "Remove marks");
        browser.until("nothing is marked", () -> !browser.has(".exports button"));
        assertEquals("Mark all on this page", browser.focused().getAccessibleName());
    }

    private List<Attributes> exported() throws IOException {
        List<Attributes> exported = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(browser.downloaded("hanging-protocols.zip")))) {
            while (zip.getNextEntry() != null)
                exported.add(dataset(zip.readAllBytes()));
        }
        return exported;
    }

    @Test
    void downloadsTheFile() throws IOException {
        browser.open("?uid=" + CHEST);
        browser.click("button", "Download DICOM file");

        assertEquals(site.got(CHEST), dataset(browser.downloaded(CHEST + ".dcm")));
    }

    @ParameterizedTest
    @CsvSource({"JSON,json,\"00080018\"", "XML,xml,<NativeDicomModel", "OHIF,ohif.json,\"protocols\""})
    void downloadsOtherForms(String button, String ending, String content) {
        browser.open("?uid=" + CHEST);
        browser.click("button", button);

        String text = new String(browser.downloaded(CHEST + '.' + ending), StandardCharsets.UTF_8);
        assertTrue(text.contains(content) && text.contains(CHEST), text);
    }

    @Test
    void copiesToAUser() {
        browser.open("?uid=" + CHEST);
        browser.click("button", "Copy");
        browser.fill("name", "Mine");
        browser.choose("level", "Single user");
        browser.fill("user", "jdoe");
        browser.click("dialog button", "Copy");
        browser.awaitMessage("“Mine” is stored.");

        Attributes copy = site.got(site.found("Mine").get(0));
        assertEquals("SINGLE_USER", copy.getString(Tag.HangingProtocolLevel));
        assertEquals("jdoe", copy.getNestedDataset(Tag.HangingProtocolUserIdentificationCodeSequence).getString(Tag.CodeValue));
        assertEquals(CHEST, copy.getNestedDataset(Tag.SourceHangingProtocolSequence).getString(Tag.ReferencedSOPInstanceUID));
        browser.awaitText("h1", "Mine");
        assertEquals(List.of(CHEST), site.found(NAME));
    }

    /** The level asks for what belongs to it only; with another name alone, the rest stays. */
    @ParameterizedTest
    @CsvSource({"To the site,Site,,,SITE", "To a group,User group,group,MAMMO,USER_GROUP", "To another name,,,,SITE"})
    void copiesToSiteGroupOrName(String name, String chosen, String field, String value, String level) {
        browser.open("?uid=" + CHEST);
        browser.click("button", "Copy");
        browser.fill("name", name);
        if (chosen != null)
            browser.choose("level", chosen);
        assertEquals(field == null ? List.of() : List.of(field), browser.script(
                "return [...document.querySelectorAll('dialog fieldset:not([hidden]) input')].map(input => input.name)"));
        if (field != null)
            browser.fill(field, value);
        browser.click("dialog button", "Copy");
        browser.awaitMessage("“" + name + "” is stored.");

        Attributes copy = site.got(site.found(name).get(0));
        assertEquals(level, copy.getString(Tag.HangingProtocolLevel));
        assertEquals(value, copy.getString(Tag.HangingProtocolUserGroupName));
        assertNull(copy.getNestedDataset(Tag.HangingProtocolUserIdentificationCodeSequence));
    }

    @Test
    void showsWhatBecameOfARetiredProtocol() {
        site.web().send("POST", "/hanging-protocols/" + CHEST + "/retire", null, "If-Match", "*");
        browser.open("?view=retired");
        browser.click("tbody th a", NAME);
        browser.awaitText("#content .refused", "This protocol is retired");
        List<String> events = browser.texts(".history td[data-label=What]");
        assertEquals(List.of("Retired", "Stored (what is stored now)"), events);
        assertEquals(2L, browser.script("return [...document.querySelectorAll('img.layout')].filter(image => image.naturalWidth > 0).length"));
        assertFalse(browser.texts(".actions button").contains("Copy"));
        browser.click("button", "Download DICOM file");
        assertTrue(browser.downloaded(CHEST + ".dcm").length > 0);

        browser.click("button", "Restore: Chest X-ray");
        browser.awaitMessage("“Chest X-ray” is restored.");
        browser.awaitText("h1", "Retired protocols");
        assertEquals(List.of(CHEST), site.found(NAME));
    }

    @Test
    void retiresAndUndoes() {
        browser.open("?uid=" + CHEST);
        browser.click("button", "Retire");
        assertTrue(browser.find("dialog").getText().startsWith("Retire “Chest X-ray”? Viewers no longer find it."));
        browser.click("dialog button", "Retire");
        browser.awaitMessage("“Chest X-ray” is retired.");
        assertEquals(List.of(), site.found(NAME));

        browser.click("#message button", "Undo");
        browser.awaitMessage("“Chest X-ray” is restored.");
        assertEquals(List.of(CHEST), site.found(NAME));
    }

    @Test
    void whoSaysNoChangesNothing() {
        browser.open("?uid=" + CHEST);
        browser.click("button", "Retire");
        browser.click("dialog button", "Cancel");
        browser.until("the question is gone", () -> !browser.has("dialog"));
        browser.click("button", "Retire");
        browser.press(Keys.ESCAPE);
        browser.until("the question is gone", () -> !browser.has("dialog"));

        assertEquals("Retire", browser.focused().getText());
        assertEquals(List.of(CHEST), site.found(NAME));
    }

    @Test
    void restoresAndDeletesWhatIsRetired() {
        String path = "/hanging-protocols/" + CHEST + "/retire";
        site.web().send("POST", path, null, "If-Match", "*");
        browser.open("?view=retired");
        browser.awaitText(".results", "Chest X-ray");
        assertFalse(browser.find(".results").getText().contains("null"), browser.find(".results").getText());
        browser.click("button", "Restore: Chest X-ray");
        browser.awaitMessage("“Chest X-ray” is restored.");
        assertEquals(List.of(CHEST), site.found(NAME));

        site.web().send("POST", path, null, "If-Match", "*");
        browser.open("?view=retired");
        browser.click("button", "Delete: Chest X-ray");
        browser.click("dialog button", "Delete");
        browser.awaitMessage("“Chest X-ray” is deleted.");
        browser.awaitText("#content", "No protocol is retired.");
        assertEquals(404, site.web().send("POST", path.replace("retire", "restore"), null, "If-Match", "*").statusCode());
    }

    /** Two people look at a retired protocol; one of them restores and changes it, and retires it again. */
    @Test
    void deletesOnlyWhatWasSeen() throws IOException {
        String retire = "/hanging-protocols/" + CHEST + "/retire";
        site.web().send("POST", retire, null, "If-Match", "*");
        browser.open("?uid=" + CHEST);
        Attributes changed = dataset(sample("chest-xray.dcm"));
        changed.setString(Tag.HangingProtocolDescription, VR.LO, "changed");
        site.storeDatasets(List.of(changed));
        site.web().send("POST", retire, null, "If-Match", "*");

        browser.click("button", "Delete: Chest X-ray");
        browser.click("dialog button", "Delete");
        browser.awaitMessage("Somebody else has changed this protocol.");
        assertEquals(204, site.web().send("POST", retire.replace("retire", "restore"), null, "If-Match", "*").statusCode());
    }

    @Test
    void comparesWithWhatWasReplacedAndUndoesIt() throws IOException {
        Attributes changed = dataset(sample("chest-xray.dcm"));
        changed.setString(Tag.HangingProtocolDescription, VR.LO, "changed");
        changed.getNestedDataset(Tag.DisplaySetsSequence).setString(Tag.DisplaySetLabel, VR.LO, "Left one");
        String description = dataset(sample("chest-xray.dcm")).getString(Tag.HangingProtocolDescription);
        site.storeDatasets(List.of(changed));

        browser.open("?uid=" + CHEST);
        browser.awaitText(".history td", "Stored (what is stored now)");
        browser.click(() -> browser.find(".history a.button"));
        browser.awaitText("h1", "Two versions of a protocol");
        List<String> differences = browser.texts(".differences tbody tr");
        assertEquals("Hanging Protocol Description " + description + " changed", differences.get(0));
        assertEquals(2, differences.size(), differences::toString);
        assertTrue(differences.get(1).endsWith(" Left one"), differences::toString);
        assertEquals(List.of("Attribute: ?", "Left: ?", "Right: ?"),
                browser.script("return [...document.querySelectorAll('.differences .why')].map(why => why.ariaLabel)"));
        assertEquals("Two versions of a protocol – Hanging protocols", browser.script("return document.title"));
        browser.until("four pictures", () -> Long.valueOf(4).equals(browser.script(
                "return [...document.querySelectorAll('.sides img')].filter(image => image.complete && image.naturalWidth > 0).length")));
        site.screenshot("page-compare");
        for (String colours : List.of("light", "dark")) {
            browser.colours(colours);
            Accessibility.assertNoViolation(browser, "compare " + colours);
        }
        browser.size(360, 800);
        assertTrue(browser.fits());
        browser.desktop();

        browser.click("a", "Back to the protocol");
        browser.click(() -> browser.find(".history td button"));
        browser.awaitMessage("An earlier content of “Chest X-ray” is stored again.");
        assertEquals(description, site.got(CHEST).getString(Tag.HangingProtocolDescription));
        browser.click("#message button", "Undo");
        browser.until("it is undone", () -> site.got(CHEST).getString(Tag.HangingProtocolDescription).equals("changed"));
    }

    @Test
    void doesNotRetireWhatHasChangedMeanwhile() throws IOException {
        browser.open("?uid=" + CHEST);
        Attributes changed = dataset(sample("chest-xray.dcm"));
        changed.setString(Tag.HangingProtocolDescription, VR.LO, "changed");
        site.storeDatasets(List.of(changed));
        browser.click("button", "Retire");
        browser.click("dialog button", "Retire");
        browser.awaitMessage("Somebody else has changed this protocol.");

        assertEquals(List.of(CHEST), site.found(NAME));
    }

    @Test
    void saysWhatToDoWithoutNetwork() {
        browser.open("");
        browser.offline(true);
        try {
            browser.click("a", NAME);
            browser.awaitText(".problem", "The server does not answer. Check the network, then try again.");
        } finally {
            browser.offline(false);
        }
        browser.click("button", "Try again");
        browser.awaitText("h1", NAME);
    }

    @Test
    void saysThatItIsLoading() {
        browser.open("");
        browser.slowNetwork();
        browser.click("a", NAME);
        browser.awaitStatus("Loading");
        browser.network();
        browser.awaitText("h1", NAME);

        browser.slowNetwork();
        browser.click("button", "Download DICOM file");
        browser.awaitStatus("Please wait");
        browser.network();
        browser.downloaded(CHEST + ".dcm");
    }

    @Test
    void saysWhatToDoInASlowNetwork() {
        browser.open("");
        browser.slowNetwork();
        browser.click("a", NAME);
        browser.awaitStatus("Still loading. The network or the server is slow: wait, or load the page again.");
        browser.network();
        browser.awaitText("h1", NAME);
    }

    @Test
    void showsThousandProtocolsPageByPage() {
        site.clear();
        RandomProtocols random = new RandomProtocols(15);
        List<Attributes> protocols = new ArrayList<>();
        for (int i = 0; i < 1_000; i++)
            protocols.add(random.next());
        site.storeDatasets(protocols);

        browser.open("");
        Set<String> shown = new HashSet<>(uids());
        browser.awaitStatus("1 to 25 of 1,000");
        for (String range : List.of("26 to 50 of 1,000", "51 to 75 of 1,000")) {
            browser.click("a", "Next");
            browser.awaitStatus(range);
            shown.addAll(uids());
        }
        browser.open("?offset=950");
        browser.click("a", "Next");
        browser.awaitStatus("976 to 1,000 of 1,000");
        shown.addAll(uids());

        assertEquals(100, shown.size());
        assertEquals(List.of("Previous"), browser.texts(".pages a"));
        browser.click("a", "Previous");
        browser.awaitStatus("951 to 975");
    }

    @SuppressWarnings("unchecked")
    private List<String> uids() {
        return (List<String>) browser.script(
                "return [...document.querySelectorAll('tbody th a')].map(link => new URL(link.href).searchParams.get('uid'))");
    }

    private static byte[] sample(String name) throws IOException {
        return Files.readAllBytes(Site.SAMPLES.resolve(name));
    }

    private static Attributes dataset(byte[] file) throws IOException {
        try (DicomInputStream in = new DicomInputStream(new ByteArrayInputStream(file))) {
            return in.readDataset(-1, -1);
        }
    }
}

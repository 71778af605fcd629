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
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** How the views look, to everybody: languages, colours, small windows, keyboards, screen readers; and to attackers. */
@ExtendWith(WithSite.class)
@Execution(ExecutionMode.SAME_THREAD)
class PageViewsIT {

    private static final String CHEST = "1.2.840.123456.20030822.223344.1";
    /** Short enough for the 16 characters of a Hanging Protocol Name. */
    private static final String MARKUP = "<img src=x id=x>";
    private static final String INVISIBLE = "2.25.667";
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
        site.storeDatasets(List.of(CompleteProtocol.make(), hostile(), invisible()));
        site.web().send("POST", "/hanging-protocols/" + CompleteProtocol.UID_OF_IT + "/retire", null, "If-Match", "*");
    }

    @AfterEach
    void desktop() {
        browser.desktop();
    }

    @ParameterizedTest
    @CsvSource({"list,''", "none,?name=nobody", "detail,?uid=" + CHEST, "german,?lang=de&uid=" + CHEST, "german list,?lang=de",
        "import,?view=import", "retired,?view=retired", "retired protocol,?uid=" + CompleteProtocol.UID_OF_IT, "missing,?uid=1.2.3"})
    void everyViewIsAccessible(String view, String query) {
        for (String colours : List.of("light", "dark")) {
            browser.colours(colours);
            browser.open(query);
            browser.script("document.querySelectorAll('details').forEach(details => { details.open = true; })");
            Accessibility.assertNoViolation(browser, view + ' ' + colours);
            assertTrue(browser.fits(), view);
            if (view.equals("detail"))
                site.screenshot("page-" + view + (colours.equals("dark") ? "-dark" : ""));
        }
        for (int width : List.of(3840, 1024)) {
            browser.size(width, 900);
            assertTrue(browser.fits(), view + ' ' + width);
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

    /** At the smallest width that has columns for everything in the language with the longest heads. */
    @Test
    void theListBreaksNoDate() {
        browser.open("?lang=de");
        assertEquals(List.of(), browser.script("""
                const broken = [];
                for (const cell of document.querySelectorAll('td[data-label=Erstellt]'))
                  for (const word of cell.textContent.matchAll(/\\S+/g)) {
                    const range = document.createRange();
                    range.setStart(cell.firstChild, word.index);
                    range.setEnd(cell.firstChild, word.index + word[0].length);
                    if (range.getClientRects().length > 1)
                      broken.push(word[0]);
                  }
                return document.querySelector('td[data-label=Erstellt]').textContent ? broken : null;"""));
    }

    /** The list, the page of a protocol and the picture's description say the same. */
    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void theSameWordsEverywhere(String language) {
        browser.open("?lang=" + language);
        String ofList = "return [...document.querySelectorAll('tbody tr')].find(row => row.querySelector('[value=\"" + CHEST + "\"]')).querySelector('.words').textContent";
        browser.until("words", () -> !((String) browser.script(ofList)).isEmpty());
        String list = (String) browser.script(ofList);
        browser.open("?lang=" + language + "&uid=" + CHEST);

        assertEquals(list, String.join(" ", browser.texts("figcaption li")));
        assertEquals(list, browser.script("return [...document.querySelectorAll('img.layout')].map(image => image.alt).join(' ')"));
        String described = (String) browser.asyncScript("""
                const done = arguments[0];
                Promise.all([...document.querySelectorAll('img.layout')].map(image => fetch(image.src).then(response => response.text())))
                    .then(all => done(all.map(svg => new DOMParser().parseFromString(svg, 'image/svg+xml').querySelector('desc').textContent).join(' ')));""");
        assertEquals(list, described);
        assertTrue(list.startsWith(language.equals("en") ? "Left screen: " : "Linker Bildschirm: "), list);
    }

    /** Each text in each language, with the same places. */
    @Test
    void bothLanguagesHaveTheSameTexts() {
        browser.open("");
        Object texts = browser.asyncScript("""
                const done = arguments[0];
                const keys = (texts, path) => Object.entries(texts).flatMap(([name, text]) => typeof text === 'string'
                    ? [`${path}${name} ${(text.match(/\\{\\w+\\}/g) ?? []).sort()}`] : keys(text, `${path}${name}.`));
                Promise.all(['en', 'de'].map(language => import(new URL(`page/texts/${language}.js`, document.baseURI))))
                    .then(all => done(all.map(module => keys(module.default, '').sort())), error => done(String(error)));""");
        List<?> languages = (List<?>) texts;

        assertEquals(languages.get(0), languages.get(1));
        assertTrue(((List<?>) languages.get(0)).size() > 200);
    }

    @Test
    void everythingCanBeReachedAndDoneByKeyboard() {
        browser.open("");
        browser.press(Keys.TAB);
        assertEquals("Skip to the content", browser.focused().getText());
        tabTo("Name", "input");
        browser.focused().sendKeys("Chest X-ray", Keys.ENTER);
        browser.awaitStatus("1 to 2");
        tabTo("Mark all on this page", "input");
        browser.press(Keys.SPACE);
        tabTo("Export marked as zip", "a");
        tabTo("Remove marks", "button");
        browser.press(Keys.SPACE);
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
        tabTo("History: ?", "button");
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

    /** On hover and on focus, within the window, until Escape is pressed (WCAG 1.4.13). */
    @ParameterizedTest
    @ValueSource(strings = {"", "?uid=" + CHEST, "?view=explain", "?view=applicable"})
    void termsAreExplained(String query) {
        for (int width : List.of(360, 1280)) {
            browser.size(width, 900);
            browser.open(query);
            Object unexplained = browser.script("""
                    const bad = [];
                    for (const why of document.querySelectorAll('main .why')) {
                      if (!why.checkVisibility())
                        continue;
                      why.focus();
                      const tip = document.getElementById(why.getAttribute('aria-describedby'));
                      const { left, right, width } = tip.getBoundingClientRect();
                      if (!width || !tip.textContent || left < 0 || right > document.documentElement.clientWidth)
                        bad.push(`${why.getAttribute('aria-label')} ${left} ${right}`);
                    }
                    return bad;""");
            assertEquals(List.of(), unexplained, query + ' ' + width);
        }
        browser.hover(browser.find("main .explained > :first-child"));
        WebElement explanation = browser.find("main .explained:hover [role=tooltip]");
        browser.until("Escape hides it", () -> {
            browser.press(Keys.ESCAPE);
            return !explanation.isDisplayed();
        });
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

    /** What cannot be seen has a sign, and turns round nothing that follows it. */
    @ParameterizedTest
    @ValueSource(strings = {"?name=*gpj*", "?uid=" + INVISIBLE, "?view=explain&name=*gpj*"})
    void nothingIsHiddenInTexts(String query) {
        browser.open(query);
        browser.script("document.querySelectorAll('details').forEach(details => { details.open = true; })");
        browser.awaitText("#content", "abc\uFFFDgpj");
        if (query.contains("uid")) {
            browser.awaitText(".tree", "SOP Instance UID 2.25.667");
            browser.awaitText(".tree", "Yamada Tarou / 山田 太郎");
            assertEquals("abc\uFFFDgpj\uFFFD – Hanging protocols", browser.script("return document.title"));
        }
        if (query.startsWith("?name"))
            browser.awaitText(".words", "left\uFFFDthgir");
        assertEquals(List.of(), browser.script(
                "return document.body.innerText.match(/[\\u0000-\\u0008\\u000B-\\u001F\\u007F-\\u009F\\u2028-\\u202E\\u2066-\\u2069]/g) ?? []"));
    }

    /** A protocol with controls of the direction of text, other controls, and a name of a person in three groups. */
    private static Attributes invisible() {
        Attributes protocol = CompleteProtocol.make();
        protocol.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
        protocol.setString(Tag.SOPInstanceUID, VR.UI, INVISIBLE);
        protocol.setString(Tag.HangingProtocolName, VR.SH, "abc\u202Egpj\u0085");
        protocol.setString(Tag.HangingProtocolDescription, VR.LO, "\u2066isolated \u0007");
        protocol.setString(Tag.OperatorsName, VR.PN, "Yamada^Tarou=山田^太郎");
        protocol.getNestedDataset(Tag.DisplaySetsSequence).setString(Tag.DisplaySetLabel, VR.LO, "left\u202Ethgir");
        protocol.getNestedDataset(Tag.HangingProtocolUserIdentificationCodeSequence).setString(Tag.CodeMeaning, VR.LO, "Dr. \u202Etupni");
        return protocol;
    }

    @ParameterizedTest
    @CsvSource({"en,User group,unpaired", "de,Benutzergruppe,unpaar"})
    void codedValuesAreWords(String language, String level, String side) {
        browser.open("?uid=" + INVISIBLE + "&lang=" + language);

        assertEquals(level, browser.texts("dd").get(0));
        assertTrue(browser.texts(".definitions td").contains(side), () -> browser.texts(".definitions td").toString());
        browser.open("?name=*gpj*&lang=" + language);
        assertEquals(List.of(level), browser.texts("td.whole").subList(0, 1));
    }

    @Test
    void theLanguageCanBeChosen() {
        browser.open("?view=retired");
        browser.click("nav a", "Deutsch");
        browser.awaitText("h1", "Zurückgezogene Protokolle");
        browser.awaitShown();
        browser.click("nav a", "Alle Protokolle");
        browser.awaitText("h1", "Alle Protokolle");
        browser.click("nav a", "English");
        browser.awaitText("h1", "All protocols");
    }

    /** The console of the browser has no error that is none. */
    @Test
    void aRetiredProtocolIsShownWithoutAFailedRequest() {
        browser.open("?uid=" + CompleteProtocol.UID_OF_IT);
        browser.awaitText("#content .refused", "This protocol is retired");

        assertEquals(List.of(), browser.script(
                "return performance.getEntriesByType('resource').filter(request => request.responseStatus >= 400).map(request => request.name)"));
        assertTrue((Long) browser.script("return performance.getEntriesByType('resource').filter(request => request.responseStatus === 200).length") > 5);
    }

    @ParameterizedTest
    @CsvSource({"'',Hanging protocols", "?uid=" + CHEST + ",Chest X-ray – Hanging protocols", "?view=retired,Retired protocols – Hanging protocols",
        "?view=import,Import protocols – Hanging protocols", "?view=explain,'Why is a protocol found, or not? – Hanging protocols'",
        "?view=applicable,Which protocols apply to a study? – Hanging protocols"})
    void theWindowIsNamedAfterTheView(String query, String title) {
        browser.open(query);

        assertEquals(title, browser.script("return document.title"));
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

package org.hpqr.it.page;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.hpqr.testkit.FreePort;
import org.hpqr.testkit.server.Await;
import org.openqa.selenium.Alert;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoAlertPresentException;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;

/** A browser with one window. What is not there yet is waited for. */
final class Browser implements AutoCloseable {

    /** For its start, and for a script. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final ChromeDriver driver;
    private final String page;
    private final Path downloads;
    private int width;
    private int height;

    /**
     * @param page      URL of the page, with a slash at the end
     * @param directory for its profile and what it downloads
     */
    Browser(String page, Path directory) {
        this.page = page;
        downloads = directory.resolve("downloads");
        ChromeOptions options = new ChromeOptions();
        options.setBinary("/usr/bin/chromium");
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=en-US",
                "--user-data-dir=" + directory.resolve("profile"));
        options.setExperimentalOption("prefs", Map.of("download.default_directory", downloads.toString(),
                "intl.accept_languages", "en-US"));
        driver = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(new File("/usr/bin/chromedriver"))
                .usingPort(FreePort.find()).withTimeout(LIMIT).build(), options);
        driver.manage().timeouts().scriptTimeout(LIMIT);
        // as if the window had the focus
        driver.executeCdpCommand("Emulation.setFocusEmulationEnabled", Map.of("enabled", true));
        desktop();
    }

    /** A window of a desktop, in light colours. */
    void desktop() {
        size(1280, 900);
        colours("light");
    }

    /** Nothing is so wide that the window has to be scrolled sideways. */
    boolean fits() {
        return (Boolean) script("return document.documentElement.scrollWidth <= document.documentElement.clientWidth");
    }

    void size(int width, int height) {
        this.width = width;
        this.height = height;
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        until("the window has its size", () -> (Boolean) script("return innerWidth === arguments[0] && innerHeight === arguments[1]", width, height));
    }

    /** @param scheme light or dark, as the system's setting would be */
    void colours(String scheme) {
        driver.executeCdpCommand("Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** What a request gets from now on: nothing, as if the cable was pulled out. */
    void offline(boolean offline) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand("Network.emulateNetworkConditions",
                Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    /** What the page asks for from now on is asked for when {@link #network} says so. */
    void slowNetwork() {
        script("""
                const fetchAtOnce = window.fetch;
                const gate = new Promise(open => { window.network = () => { window.fetch = fetchAtOnce; open(); }; });
                window.fetch = async (...request) => { await gate; return fetchAtOnce(...request); };""");
    }

    void network() {
        script("window.network()");
    }

    /** Header fields that are sent with each request from now on, as a login does. */
    void sendAlways(Map<String, String> fields) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand("Network.setExtraHTTPHeaders", Map.of("headers", fields));
    }

    /** Opens a view; returns when it has what it shows. */
    void open(String query) {
        driver.get(page + query);
        awaitShown();
    }

    /** Opens any page. */
    void visit(String address) {
        driver.get(address);
    }

    /** Answers what the page asks in a dialog of the browser. */
    void answer(String text) {
        Alert question = await("a question", () -> {
            try {
                return Optional.of(driver.switchTo().alert());
            } catch (NoAlertPresentException e) {
                return Optional.empty();
            }
        });
        question.sendKeys(text);
        question.accept();
    }

    /** A view has come: it has a headline, a question or a problem, loads no more, and is painted in a window of the right size. */
    void awaitShown() {
        until("the view is shown", () -> (Boolean) script("""
                const status = document.getElementById('status').textContent;
                return !/^(Loading|Still loading|Wird geladen|Wird noch geladen)/.test(status)
                    && document.querySelector('#content h1, #content .problem') !== null
                    && innerWidth === arguments[0] && innerHeight === arguments[1]
                    && performance.getEntriesByName('first-contentful-paint').length > 0;""", width, height));
    }

    /** The first element that this selector finds. */
    WebElement find(String css) {
        return await(css, () -> driver.findElements(By.cssSelector(css)).stream().filter(WebElement::isDisplayed).findFirst());
    }

    /** The first element of this selector whose name, as a screen reader says it, is this. */
    WebElement named(String css, String name) {
        return await(css + " named " + name, () -> driver.findElements(By.cssSelector(css)).stream()
                .filter(WebElement::isDisplayed).filter(element -> name.equals(element.getAccessibleName())).findFirst());
    }

    boolean has(String css) {
        return !driver.findElements(By.cssSelector(css)).isEmpty();
    }

    List<String> texts(String css) {
        return driver.findElements(By.cssSelector(css)).stream().map(WebElement::getText).toList();
    }

    void click(String css, String name) {
        click(() -> named(css, name));
    }

    /**
     * Clicks on an element once. A click is sent to a place in the window: if the element has moved since it was looked up, another
     * element or none gets it. So the page is asked whether the element got it.
     */
    void click(Supplier<WebElement> search) {
        until("the click reaches its element", () -> {
            WebElement element = search.get();
            script("window.awaitedClick = true; arguments[0].addEventListener('click', () => { delete window.awaitedClick; }, { capture: true });",
                    element);
            element.click();
            return clicked();
        });
    }

    /** The mark is gone, too, if the click has loaded another page, or is about to. */
    private boolean clicked() {
        try {
            return script("return window.awaitedClick ?? null") == null;
        } catch (JavascriptException e) {
            return true;
        }
    }

    /** Fills in the field of this name. */
    void fill(String field, String value) {
        until(field + " is " + value, () -> {
            WebElement input = find("[name=" + field + "]");
            input.clear();
            input.sendKeys(value);
            return value.equals(input.getDomProperty("value"));
        });
    }

    /** Chooses an option of the list of this name. */
    void choose(String field, String option) {
        until(field + " is " + option, () -> {
            WebElement list = find("select[name=" + field + "]");
            WebElement chosen = list.findElements(By.tagName("option")).stream().filter(one -> option.equals(one.getText())).findFirst()
                    .orElseThrow(() -> new NoSuchElementException(option));
            chosen.click();
            return chosen.isSelected();
        });
    }

    void awaitStatus(String text) {
        until("status " + text, () -> driver.findElement(By.id("status")).getText().startsWith(text));
    }

    /** What became of an action. */
    void awaitMessage(String text) {
        until("message " + text, () -> driver.findElement(By.id("message")).getText().startsWith(text));
    }

    /** Asks the browser itself: to work out which texts of a long view can be seen would take a script seconds. */
    void awaitText(String css, String text) {
        until(text + " in " + css, () -> (Boolean) script("""
                return [...document.querySelectorAll(arguments[0])]
                    .some(element => element.checkVisibility({ visibilityProperty: true })
                        && (element.innerText ?? element.textContent).includes(arguments[1]));""", css, text));
    }

    /** Presses a key, wherever the focus is. */
    void press(Keys key) {
        new Actions(driver).sendKeys(key).perform();
    }

    /** Moves the mouse over an element. */
    void hover(WebElement element) {
        new Actions(driver).moveToElement(element).perform();
    }

    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    String address() {
        return driver.getCurrentUrl();
    }

    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    Object asyncScript(String script, Object... arguments) {
        return driver.executeAsyncScript(script, arguments);
    }

    /** What the browser downloads; the file is deleted, as the next one of this name would get another name. */
    byte[] downloaded(String name) {
        Path file = downloads.resolve(name);
        // it has another name until it is complete
        until("download of " + name, () -> file.toFile().length() > 0);
        try {
            byte[] content = Files.readAllBytes(file);
            Files.delete(file);
            return content;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void screenshot(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a condition; fails with its name, and with what the page says, if it does not come to be. */
    void until(String name, Supplier<Boolean> condition) {
        AtomicReference<WebDriverException> last = new AtomicReference<>();
        try {
            Await.untilTrue(name, () -> {
                try {
                    return condition.get();
                } catch (WebDriverException e) {
                    // the view changes at this moment: an element is gone, or another one is in front of it, or another page is loaded
                    last.set(e);
                    return false;
                }
            });
        } catch (AssertionError e) {
            if (last.get() != null)
                e.addSuppressed(last.get());
            throw new AssertionError(e.getMessage() + "; at " + address() + " the page says: " + script("return document.body.innerText"), e);
        }
    }

    private <T> T await(String name, Supplier<Optional<T>> search) {
        AtomicReference<T> found = new AtomicReference<>();
        until(name, () -> {
            found.set(search.get().orElse(null));
            return found.get() != null;
        });
        return found.get();
    }

    @Override
    public void close() {
        driver.quit();
    }
}

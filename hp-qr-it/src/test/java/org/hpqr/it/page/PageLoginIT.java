package org.hpqr.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.it.web.WebClient;
import org.hpqr.testkit.samples.AccessTable.Person;
import org.hpqr.testkit.samples.AccessTable.Protocol;
import org.hpqr.testkit.server.StandaloneServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the page offers to whom: nothing that the user may not do (docs/security.md). */
@Execution(ExecutionMode.SAME_THREAD)
class PageLoginIT {

    @TempDir
    private static Path directory;
    private static StandaloneServer server;
    private static WebClient web;
    private static Browser browser;
    private static int tests;

    /** Of the protocols of this test; no other test has them. */
    private String site;
    private String group;
    private String own;
    private String ownName;

    @BeforeAll
    static void start() throws Exception {
        Path data = directory.resolve("data");
        for (Person user : List.of(Person.ADMINISTRATOR, Person.MANAGER, Person.OWNER))
            Login.add(user, data);
        server = StandaloneServer.start(data, Map.of());
        String service = server.awaitWeb();
        web = new WebClient(service);
        browser = new Browser(service.replace("aets/HPQR/rs", ""), directory);
    }

    @BeforeEach
    void store() {
        tests++;
        site = "2.25." + tests + "1";
        group = "2.25." + tests + "2";
        own = "2.25." + tests + "3";
        ownName = "Own " + tests;
        Attributes mine = Protocol.SINGLE_USER.of(own);
        mine.setString(Tag.HangingProtocolName, VR.SH, ownName);
        byte[] zip = Site.zip(List.of(Site.file(Protocol.SITE.of(site)), Site.file(Protocol.USER_GROUP.of(group)), Site.file(mine)));
        assertEquals(200, web.send("POST", "/hanging-protocols", zip, "Content-Type", "application/zip",
                "Authorization", Login.authorization(Person.ADMINISTRATOR)).statusCode());
    }

    @AfterAll
    static void stop() {
        if (browser != null)
            browser.close();
        if (server != null)
            server.close();
    }

    private static void logIn(Person user) {
        browser.sendAlways(Map.of("Authorization", Login.authorization(user)));
    }

    /** What the actions of a protocol are. */
    private static List<String> actions(String uid) {
        browser.open("?uid=" + uid);
        List<String> actions = new ArrayList<>(browser.texts(".actions button"));
        actions.retainAll(List.of("Copy", "Retire"));
        return actions;
    }

    @Test
    void anAdministratorIsOfferedEverything() {
        logIn(Person.ADMINISTRATOR);
        for (String uid : List.of(site, group, own))
            assertEquals(List.of("Copy", "Retire"), actions(uid), uid);
        browser.click("button", "Copy");
        assertEquals(List.of("Site", "User group", "Single user"), browser.texts("select[name=level] option"));
        browser.fill("name", "For the owner");
        browser.choose("level", "Single user");
        browser.fill("user", Person.OWNER.userName());
        browser.click("dialog button", "Copy");
        browser.awaitMessage("“For the owner” is stored.");
        assertEquals(200, web.send("GET", "/hanging-protocols?HangingProtocolName=For%20the%20owner", null,
                "Accept", "application/dicom+json", "Authorization", Login.authorization(Person.OWNER)).statusCode());
        browser.open("?view=import");
        assertTrue(browser.texts("button").contains("Load the sample protocols"));
        assertTrue(browser.texts("nav span").contains("Logged in as administrator"));
    }

    @Test
    void aManagerIsOfferedWhatIsOfTheGroup() {
        logIn(Person.MANAGER);
        assertEquals(List.of("Copy"), actions(site));
        assertEquals(List.of("Copy", "Retire"), actions(group));
        browser.click("button", "Copy");
        assertEquals(List.of("User group", "Single user"), browser.texts("select[name=level] option"));
        assertEquals(List.of("READERS"), browser.texts("select[name=group] option"));
        browser.fill("name", "Of the group");
        browser.click("dialog button", "Copy");
        browser.awaitMessage("“Of the group” is stored.");
        browser.awaitText("h1", "Of the group");
        browser.awaitText(".actions button", "Retire");

        browser.open("?uid=" + own);
        browser.awaitText(".problem", "This protocol is not here (any more), or you may not see it.");
    }

    @Test
    void aReaderIsOfferedWhatIsTheReadersOwn() {
        logIn(Person.OWNER);
        assertEquals(List.of("Copy"), actions(site));
        browser.click("button", "Copy");
        assertEquals(List.of("Single user"), browser.texts("select[name=level] option"));
        assertEquals(List.of("owner"), browser.texts("select[name=user] option"));
        browser.fill("name", "My copy");
        browser.click("dialog button", "Copy");
        browser.awaitMessage("“My copy” is stored.");

        assertEquals(List.of("Copy", "Retire"), actions(own));
        browser.click("button", "Retire");
        browser.click("dialog button", "Retire");
        browser.awaitMessage("“" + ownName + "” is retired.");
        browser.open("?view=retired&name=" + ownName.replace(" ", "%20"));
        assertEquals(List.of("Restore", "Delete"), browser.texts("td .actions button"));
        browser.click("button", "Restore: " + ownName);
        browser.awaitMessage("“" + ownName + "” is restored.");
        browser.open("?view=import");
        assertFalse(browser.texts("button").contains("Load the sample protocols"));
    }

    @Test
    void whoseLoginHasEndedIsToldWhatToDo() {
        logIn(Person.OWNER);
        browser.open("?name=" + ownName.replace(" ", "%20"));
        // a browser that has logged in asks for the password itself; a provider's token that has ended is answered so
        browser.script("window.fetch = async () => new Response('', { status: 401 })");
        browser.click("tbody th a", ownName);
        browser.awaitText(".problem", "Your login has ended. Load the page again to log in.");
        browser.click("button", "Load again and log in");
        browser.awaitText("h1", ownName);
    }
}

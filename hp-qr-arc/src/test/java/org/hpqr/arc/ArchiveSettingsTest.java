package org.hpqr.arc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.logging.Level;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.WebApplication;
import org.dcm4chee.arc.event.ArchiveServiceEvent;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.HpSettings.DuplicatePolicy;
import org.hpqr.spi.Setting;
import org.hpqr.testkit.archive.ArchiveDevice;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ArchiveSettingsTest {

    private final Device device = ArchiveDevice.create("dcm4chee-arc", 11112);
    private final ArchiveSettings settings = new ArchiveSettings(device);

    @Test
    @DisplayName("without a web application hp-qr the defaults are in force")
    void defaults() {
        for (Setting<?> setting : HpSettings.ALL)
            assertEquals(setting.defaultValue(), settings.get(setting, "DCM4CHEE"), setting.name());
    }

    @Test
    @DisplayName("without an AE title the properties are for every one, with an AE title for that one and before the others")
    void generalAndOwn() {
        application("hp-qr", null, "max-keys=100", "duplicate-policy=keep");
        application("hp-qr-worklist", "WORKLIST", "max-keys=200");
        application("hp-qrst", "OTHER", "max-keys=300");

        assertEquals(100, settings.get(HpSettings.MAX_KEYS, "DCM4CHEE"));
        assertEquals(200, settings.get(HpSettings.MAX_KEYS, "WORKLIST"));
        assertEquals(DuplicatePolicy.KEEP, settings.get(HpSettings.DUPLICATE_POLICY, "WORKLIST"));
        assertEquals(100, settings.get(HpSettings.MAX_KEYS, "OTHER"), "another web application");
    }

    @Test
    @DisplayName("the archive's super users administer hanging protocols, unless the setting names others")
    void superUsers() {
        System.setProperty("super-user-role", "root");
        try {
            assertEquals(List.of("administrator", "root"), settings.get(HpSettings.ADMINISTRATOR_ROLES, "DCM4CHEE"));
            application("hp-qr", null, "administrator-roles=hp-admin");
            settings.onArchiveEvent(new ArchiveServiceEvent(ArchiveServiceEvent.Type.RELOADED, null));
            assertEquals(List.of("hp-admin"), settings.get(HpSettings.ADMINISTRATOR_ROLES, "DCM4CHEE"));
        } finally {
            System.clearProperty("super-user-role");
        }
    }

    @Test
    @DisplayName("names are unique over all devices: a second device has its settings under hp-qr-..., too")
    void nameOfTheDevice() {
        application("hp-qr-dcm4chee-arc2", null, "max-keys=100");
        application("hp-qr-dcm4chee-arc2-ARC2", "ARC2", "max-keys=200");
        try (LogRecorder log = new LogRecorder(ArchiveSettings.class)) {
            assertEquals(100, settings.get(HpSettings.MAX_KEYS, "DCM4CHEE"));
            assertEquals(200, settings.get(HpSettings.MAX_KEYS, "ARC2"));
            assertEquals(List.of(), log.messages());
        }
    }

    @Test
    @DisplayName("an AE called by another of its titles has its own settings")
    void otherTitle() {
        ArchiveDevice.addAE(device, "DCM4CHEE").setOtherAETitles("ALIAS");
        application("hp-qr-1", "DCM4CHEE", "max-keys=100");
        assertEquals(100, settings.get(HpSettings.MAX_KEYS, "ALIAS"));
    }

    @Test
    @DisplayName("a value that is not allowed is logged with key, value and allowed values, and the default is used")
    void wrongValue() {
        application("hp-qr", null, "max-keys=many", "find-timeout=0", "max-matches=10");
        try (LogRecorder log = new LogRecorder(ArchiveSettings.class)) {
            settings.onArchiveEvent(new ArchiveServiceEvent(ArchiveServiceEvent.Type.STARTED, null));

            assertEquals(List.of(
                    "Web application hp-qr: find-timeout: \"0\" is not allowed; allowed is 1 to 86400; "
                            + "used is the default, 600",
                    "Web application hp-qr: max-keys: \"many\" is not allowed; allowed is 16 to 4096; "
                            + "used is the default, 256"), log.messages());
        }
        assertEquals(256, settings.get(HpSettings.MAX_KEYS, "DCM4CHEE"));
        assertEquals(600, settings.get(HpSettings.FIND_TIMEOUT, "DCM4CHEE"));
        assertEquals(10, settings.get(HpSettings.MAX_MATCHES, "DCM4CHEE"));
    }

    @Test
    @DisplayName("what is in force is logged, as an administrator writes it")
    void inForce() {
        application("hp-qr", null, "validation=off", "max-keys=100");
        try (LogRecorder log = new LogRecorder(ArchiveSettings.class, Level.INFO)) {
            settings.onArchiveEvent(new ArchiveServiceEvent(ArchiveServiceEvent.Type.STARTED, null));

            assertEquals(List.of("Web application hp-qr: settings [max-keys=100, validation=off]"), log.messages());
        }
    }

    @Test
    @DisplayName("a wrong value for one AE title is logged, and the value for all AE titles is used")
    void wrongValueOfOne() {
        application("hp-qr", null, "max-keys=100");
        application("hp-qr-1", "DCM4CHEE", "max-keys=many");
        try (LogRecorder log = new LogRecorder(ArchiveSettings.class)) {
            assertEquals(100, settings.get(HpSettings.MAX_KEYS, "DCM4CHEE"));
            assertEquals(1, log.messages().size());
            assertTrue(log.messages().get(0).endsWith("used is the value for all AE titles"), log.messages().get(0));
        }
    }

    @Test
    @DisplayName("what cannot have been meant is logged: unknown keys, two for all AE titles, two for one AE title")
    void mistakes() {
        application("hp-qr-3", "DCM4CHEE", "max-keys=103");
        application("hp-qr-2", "DCM4CHEE", "max-keys=102");
        application("hp-qr-1", null, "max-keys=101");
        application("hp-qr", null, "max-key=100");
        try (LogRecorder log = new LogRecorder(ArchiveSettings.class)) {
            assertEquals(102, settings.get(HpSettings.MAX_KEYS, "DCM4CHEE"));
            assertEquals(256, settings.get(HpSettings.MAX_KEYS, "OTHER"));

            assertEquals(3, log.messages().size(), log.messages().toString());
            assertEquals("Web application hp-qr-1: there is another one for all AE titles, hp-qr; its properties are not used",
                    log.messages().get(0));
            assertEquals("Web application hp-qr-3: there is another one for DCM4CHEE, hp-qr-2; its properties are not used",
                    log.messages().get(1));
            assertTrue(log.messages().get(2).startsWith("Web application hp-qr: there is no setting max-key; there are "
                    + "duplicate-policy, "), log.messages().get(2));
        }
    }

    @Test
    @DisplayName("a change is in force when the archive has reloaded its configuration, not before")
    void reload() {
        WebApplication application = application("hp-qr", null, "max-keys=100");
        assertEquals(100, settings.get(HpSettings.MAX_KEYS, "DCM4CHEE"));

        application.setProperty("max-keys", "101");
        assertEquals(100, settings.get(HpSettings.MAX_KEYS, "DCM4CHEE"));
        settings.onArchiveEvent(new ArchiveServiceEvent(ArchiveServiceEvent.Type.STOPPED, null));
        assertEquals(100, settings.get(HpSettings.MAX_KEYS, "DCM4CHEE"));
        settings.onArchiveEvent(new ArchiveServiceEvent(ArchiveServiceEvent.Type.RELOADED, null));
        assertEquals(101, settings.get(HpSettings.MAX_KEYS, "DCM4CHEE"));

        application.setInstalled(false);
        settings.onArchiveEvent(new ArchiveServiceEvent(ArchiveServiceEvent.Type.RELOADED, null));
        assertEquals(256, settings.get(HpSettings.MAX_KEYS, "DCM4CHEE"), "a web application that is not installed");
    }

    private WebApplication application(String name, String aeTitle, String... properties) {
        WebApplication application = new WebApplication(name);
        application.setAETitle(aeTitle);
        for (String property : properties)
            application.setProperty(property.split("=")[0], property.split("=")[1]);
        device.addWebApplication(application);
        return application;
    }
}

package org.hpqr.arc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.TransferCapability;
import org.dcm4che3.net.TransferCapability.Role;
import org.dcm4che3.net.WebApplication;
import org.dcm4chee.arc.event.ArchiveServiceEvent;
import org.hpqr.testkit.archive.ArchiveDevice;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveWebAccessTest {

    private final Device device = ArchiveDevice.create("dcm4chee-arc", 11112);
    private final ArchiveSettings settings = new ArchiveSettings(device);
    private final ArchiveWebAccess access = new ArchiveWebAccess(device, settings, null, false);

    @Test
    @DisplayName("AE titles of the archive that find hanging protocols over DIMSE are served, by their other titles, too")
    void aeTitles() {
        withFind(ArchiveDevice.addAE(device, "DCM4CHEE")).setOtherAETitles("ALIAS");
        withFind(ArchiveDevice.addAE(device, "ARC2"));
        withFind(ArchiveDevice.addAE(device, "OFF")).setInstalled(false);
        ArchiveDevice.addAE(device, "WORKLIST");
        ApplicationEntity foreign = new ApplicationEntity("FOREIGN");
        device.addApplicationEntity(foreign);
        withFind(foreign);

        assertEquals(List.of("ARC2", "DCM4CHEE"), access.aeTitles());
        assertTrue(access.serves("DCM4CHEE"));
        assertTrue(access.serves("ALIAS"));
        for (String title : List.of("OFF", "WORKLIST", "FOREIGN", "NOBODY"))
            assertFalse(access.serves(title), title);
    }

    private static ApplicationEntity withFind(ApplicationEntity ae) {
        ae.addTransferCapability(new TransferCapability(null, UID.HangingProtocolInformationModelFind, Role.SCP, UID.ImplicitVRLittleEndian));
        return ae;
    }

    @Test
    @DisplayName("requests are answered while the archive is started")
    void open() {
        assertFalse(access.isOpen());
        tell(ArchiveServiceEvent.Type.STARTED);
        assertTrue(access.isOpen());
        tell(ArchiveServiceEvent.Type.RELOADED);
        assertTrue(access.isOpen());
        tell(ArchiveServiceEvent.Type.STOPPED);
        assertFalse(access.isOpen());
    }

    private void tell(ArchiveServiceEvent.Type type) {
        access.onArchiveEvent(new ArchiveServiceEvent(type, null));
    }

    @Test
    @DisplayName("a login is required in a secured archive only")
    void secured() {
        assertTrue(new ArchiveWebAccess(device, settings, null, true).requiresLogin());
        assertFalse(access.requiresLogin());
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "192.168.0.7", "[::1]", "[fe80::1]", "pacs.example", "pacs", "proxy.example"})
    @DisplayName("requests may name an address, a name of the machine or of a connection, and the hosts of the setting")
    void hosts(String host) {
        configureHosts();
        System.setProperty("jboss.host.name", "pacs");
        try {
            assertTrue(access.acceptsHost(host));
        } finally {
            System.clearProperty("jboss.host.name");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "evil.example", "127.0.0.1.evil.example", "1.2.3", "pacs"})
    @DisplayName("no other host: a page whose name was made to resolve to this machine reaches nothing")
    void foreignHosts(String host) {
        configureHosts();
        assertFalse(access.acceptsHost(host));
    }

    private void configureHosts() {
        device.addConnection(new Connection("http", "PACS.example", 8080));
        configure("http-hosts", "Proxy.example");
    }

    @Test
    @DisplayName("pages of other origins only if they are configured")
    void origins() {
        assertFalse(access.acceptsOrigin("https://viewer.example"));
        configure("http-origins", "https://viewer.example, https://other.example");
        settings.onArchiveEvent(new ArchiveServiceEvent(ArchiveServiceEvent.Type.RELOADED, null));
        assertTrue(access.acceptsOrigin("https://viewer.example"));
        assertFalse(access.acceptsOrigin("https://evil.example"));
        assertFalse(access.acceptsOrigin("null"));
    }

    private void configure(String name, String value) {
        WebApplication application = new WebApplication("hp-qr");
        application.setProperty(name, value);
        device.addWebApplication(application);
    }
}

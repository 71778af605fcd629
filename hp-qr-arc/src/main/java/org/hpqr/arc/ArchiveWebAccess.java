package org.hpqr.arc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.TransferCapability.Role;
import org.dcm4chee.arc.conf.ArchiveAEExtension;
import org.dcm4chee.arc.event.ArchiveServiceEvent;
import org.hpqr.spi.Settings;
import org.hpqr.spi.User;
import org.hpqr.spi.WebAccess;

/** Requests over HTTP in the archive: the AE titles that serve hanging protocols over DIMSE serve them over HTTP, too. */
@ApplicationScoped
public class ArchiveWebAccess implements WebAccess {

    /** No name can be made to resolve to another address if it is none. */
    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-f:.]+]");
    /** Names of this machine, as WildFly knows them. */
    private static final List<String> HOST_NAME_PROPERTIES = List.of("jboss.host.name", "jboss.qualified.host.name");
    private static final String ALL_AE_TITLES = "";

    private Device device;
    private Settings settings;
    private ArchiveLogin login;
    private final boolean secured;
    private volatile boolean started;

    /** For the container. */
    ArchiveWebAccess() {
        secured = true;
    }

    @Inject
    ArchiveWebAccess(Device device, Settings settings, ArchiveLogin login) {
        this(device, settings, login, ArchiveEar.isSecured());
    }

    ArchiveWebAccess(Device device, Settings settings, ArchiveLogin login, boolean secured) {
        this.device = device;
        this.settings = settings;
        this.login = login;
        this.secured = secured;
    }

    void onArchiveEvent(@Observes ArchiveServiceEvent event) {
        started = event.getType() != ArchiveServiceEvent.Type.STOPPED;
    }

    @Override
    public boolean isOpen() {
        return started;
    }

    /** {@inheritDoc} As those of the archive's own web services. */
    @Override
    public boolean requiresLogin() {
        return secured;
    }

    @Override
    public Optional<User> login(HttpServletRequest request, HttpServletResponse response) throws IOException {
        return login.login(request, response);
    }

    @Override
    public List<String> aeTitles() {
        return device.getApplicationEntities().stream().filter(ArchiveWebAccess::serves).map(ApplicationEntity::getAETitle)
                .sorted().toList();
    }

    /** {@inheritDoc} An AE is also called by its other titles, as over DIMSE. */
    @Override
    public boolean serves(String aeTitle) {
        ApplicationEntity ae = device.getApplicationEntity(aeTitle, true);
        return ae != null && serves(ae);
    }

    private static boolean serves(ApplicationEntity ae) {
        return ae.isInstalled() && ae.getAEExtension(ArchiveAEExtension.class) != null
                && ae.getTransferCapabilityFor(UID.HangingProtocolInformationModelFind, Role.SCP) != null;
    }

    /** {@inheritDoc} Addresses, names of this machine, host names of the device's connections, and those of the settings. */
    @Override
    public boolean acceptsHost(String host) {
        return ADDRESS.matcher(host).matches() || ownNames().anyMatch(host::equalsIgnoreCase)
                || settings.get(WebSettings.HTTP_HOSTS, ALL_AE_TITLES).contains(host);
    }

    private Stream<String> ownNames() {
        return Stream.of(Stream.of("localhost"), HOST_NAME_PROPERTIES.stream().map(System::getProperty),
                device.listConnections().stream().map(Connection::getHostname)).flatMap(names -> names).filter(Objects::nonNull);
    }

    /** {@inheritDoc} The archive's own services accept every origin; here, pages that were not named could change protocols. */
    @Override
    public boolean acceptsOrigin(String origin) {
        return settings.get(WebSettings.HTTP_ORIGINS, ALL_AE_TITLES).contains(origin);
    }
}

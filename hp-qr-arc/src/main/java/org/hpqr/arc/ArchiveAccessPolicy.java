package org.hpqr.arc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.KeycloakClient;
import org.dcm4che3.net.pdu.UserIdentityRQ;
import org.dcm4chee.arc.conf.ArchiveAEExtension;
import org.dcm4chee.arc.conf.UserIdentityNegotiation;
import org.hpqr.spi.AccessPolicy;
import org.hpqr.spi.User;
import org.hpqr.status.HpFailure;

/**
 * The archive's own rules. Which calling AE titles are accepted (Accepted Calling AE Title), from which hosts, and which
 * users (User Identity Negotiation and its role) the archive decides when it accepts the association, before any service
 * is asked; its Accepted User Role concerns web services only. What remains are the move destinations and the store
 * permission service.
 */
@ApplicationScoped
public class ArchiveAccessPolicy implements AccessPolicy {

    /** PS3.7 D.3.3.7.1; a constant of dcm4che only. */
    private static final int JWT = 5;

    private Device device;

    /** For the container. */
    ArchiveAccessPolicy() {
    }

    @Inject
    ArchiveAccessPolicy(Device device) {
        this.device = device;
    }

    /** Everything, on an AE of the archive; an AE of the device that is not one serves nothing. */
    @Override
    public boolean mayInvoke(Association association, Dimse operation) {
        return archiveAE(association) != null;
    }

    /**
     * {@inheritDoc}
     *
     * <p>The archive asks its Keycloak for a password or a token, if the AE negotiates user identities and a Keycloak is
     * configured for it, before it accepts the association; what it was told of roles it does not keep. Those of a token are in the
     * token; for those of a user with a password, Keycloak is asked once more, once for an association.
     */
    @Override
    public Optional<User> user(Association association) {
        UserIdentityRQ identity = association.getAAssociateRQ().getUserIdentityRQ();
        if (identity == null)
            return Optional.empty();
        Optional<KeycloakClient> asked = keycloak(archiveAE(association));
        return switch (identity.getType()) {
            case UserIdentityRQ.USERNAME -> Optional.of(new User(identity.getUsername(), Set.of(), false));
            case UserIdentityRQ.USERNAME_PASSCODE -> Optional.of(asked.flatMap(client -> userWithRoles(association, client, identity))
                    .orElseGet(() -> new User(identity.getUsername(), Set.of(), asked.isPresent())));
            case JWT -> asked.flatMap(client -> JwtClaims.userOf(identity.getUsername()));
            default -> Optional.empty();
        };
    }

    private Optional<User> userWithRoles(Association association, KeycloakClient client, UserIdentityRQ identity) {
        User known = association.getProperty(User.class);
        if (known != null)
            return Optional.of(known);
        Optional<User> user = PasswordGrant.userOf(device, client, identity.getUsername(), identity.getPasscode());
        user.ifPresent(found -> association.setProperty(User.class, found));
        return user;
    }

    /**
     * Whom the archive asks, as its ArchiveAssociationHandler: a Keycloak client that the device does not have is not replaced by
     * another.
     */
    private static Optional<KeycloakClient> keycloak(ArchiveAEExtension ae) {
        if (ae == null || ae.userIdentityNegotiation() == UserIdentityNegotiation.NOT_SUPPORTED)
            return Optional.empty();
        String id = ae.userIdentityNegotiationKeycloakClientID();
        return id == null ? keycloakOfSystemProperties()
                : Optional.ofNullable(ae.getApplicationEntity().getDevice().getKeycloakClient(id));
    }

    private static Optional<KeycloakClient> keycloakOfSystemProperties() {
        String url = System.getProperty("auth-server-url");
        if (url == null)
            return Optional.empty();
        KeycloakClient client = new KeycloakClient(System.getProperty("ui-client-id", "dcm4chee-arc-ui"));
        client.setKeycloakServerURL(url);
        client.setKeycloakRealm(System.getProperty("realm-name", "dcm4che"));
        client.setTLSAllowAnyHostname(Boolean.parseBoolean(System.getProperty("allow-any-hostname", "true")));
        client.setTLSDisableTrustManager(Boolean.parseBoolean(System.getProperty("disable-trust-manager", "false")));
        return Optional.of(client);
    }

    /** Accepted Move Destination of the called AE; if it names none, every destination is accepted. */
    @Override
    public boolean mayMoveTo(Association association, String destination) {
        ArchiveAEExtension ae = archiveAE(association);
        return ae != null && ae.isAcceptedMoveDestination(destination);
    }

    /** The archive's store permission service, if the called AE or the device has one. */
    @Override
    public void checkStore(String calledAET, Attributes object) throws HpFailure {
        ApplicationEntity ae = device.getApplicationEntity(calledAET, true);
        ArchiveAEExtension extension = ae == null ? null : ae.getAEExtension(ArchiveAEExtension.class);
        if (extension != null)
            StorePermission.check(extension, object);
    }

    private static ArchiveAEExtension archiveAE(Association association) {
        return association.getApplicationEntity().getAEExtension(ArchiveAEExtension.class);
    }
}

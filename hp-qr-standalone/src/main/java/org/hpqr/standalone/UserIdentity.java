package org.hpqr.standalone;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.pdu.AAssociateAC;
import org.dcm4che3.net.pdu.AAssociateRJ;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.UserIdentityAC;
import org.dcm4che3.net.pdu.UserIdentityRQ;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.HpSettings.IdentityMode;
import org.hpqr.spi.User;
import org.hpqr.standalone.login.TooManyWrongPasswordsException;

/**
 * User Identity Negotiation (PS3.7 D.3.3.7). Where {@link HpSettings#IDENTITY} is off, the server does not support it: an
 * identity is ignored. Else an association is rejected whose identity cannot be verified or has a form that is not supported.
 */
final class UserIdentity {

    /** User-Identity-Type (PS3.7 Table D.3-14). */
    private static final int USERNAME = 1;
    private static final int USERNAME_AND_PASSCODE = 2;
    private static final int JSON_WEB_TOKEN = 5;

    private static final String PROPERTY = UserIdentity.class.getName();

    private final boolean supported;
    private final Logins logins;

    UserIdentity(Configuration configuration, Logins logins) {
        supported = configuration.get(HpSettings.IDENTITY) != IdentityMode.OFF;
        this.logins = logins;
    }

    /**
     * Answers the identity in a request, if there is one.
     *
     * @throws AAssociateRJ the user is not known here: rejected-permanent, by the service-provider (ACSE related function), no
     *                      reason given
     */
    void negotiate(Association association, AAssociateRQ request, AAssociateAC answer) throws AAssociateRJ {
        UserIdentityRQ identity = request.getUserIdentityRQ();
        if (!supported || identity == null)
            return;
        Optional<User> user = user(identity, association.getSocket().getInetAddress().getHostAddress());
        if (user.isEmpty()) {
            AuditLog.loginFailed(association.getSocket());
            throw new AAssociateRJ(AAssociateRJ.RESULT_REJECTED_PERMANENT, AAssociateRJ.SOURCE_SERVICE_PROVIDER_ACSE,
                    AAssociateRJ.REASON_NO_REASON_GIVEN);
        }
        association.setProperty(PROPERTY, user.get());
        answer.setUserIdentityAC(identity.isPositiveResponseRequested() ? new UserIdentityAC(new byte[0]) : null);
    }

    private Optional<User> user(UserIdentityRQ identity, String address) {
        String primary = text(identity.getPrimaryField());
        if (primary.isBlank())
            return Optional.empty();
        return switch (identity.getType()) {
            case USERNAME -> Optional.of(logins.named(primary));
            case USERNAME_AND_PASSCODE -> byPasscode(primary, text(identity.getSecondaryField()), address);
            case JSON_WEB_TOKEN -> logins.byToken(primary);
            default -> Optional.empty();
        };
    }

    /** The standard has one answer for an identity that is not verified, whatever the reason. */
    private Optional<User> byPasscode(String name, String passcode, String address) {
        try {
            return logins.byPassword(name, passcode.toCharArray(), address);
        } catch (TooManyWrongPasswordsException e) {
            return Optional.empty();
        }
    }

    private static String text(byte[] field) {
        return field == null ? "" : new String(field, StandardCharsets.UTF_8);
    }

    /** Who was accepted. To be called by the thread that reads the association. */
    static Optional<User> of(Association association) {
        return Optional.ofNullable((User) association.getProperty(PROPERTY));
    }
}

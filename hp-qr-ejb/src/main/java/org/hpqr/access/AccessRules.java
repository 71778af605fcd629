package org.hpqr.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hpqr.selection.Code;
import org.hpqr.selection.Reader;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.HpSettings.IdentityMode;
import org.hpqr.spi.Settings;
import org.hpqr.spi.User;

/** Makes of a user, by the settings, what the user may do. */
@ApplicationScoped
public class AccessRules {

    /** Between code value and coding scheme designator, where a setting has both. */
    private static final char SCHEME = '^';
    /** Roles that Keycloak gives everybody, and those of the archive that say who gets in: no groups of readers. */
    private static final Set<String> LOGIN_ROLES = Set.of("offline_access", "uma_authorization", "auth", "user", "admin", "root");
    /** What the name of a realm's role begins with that has all of the realm's default roles. */
    private static final String DEFAULT_ROLES = "default-roles-";

    private Settings settings;

    /** For the container. */
    public AccessRules() {
    }

    @Inject
    public AccessRules(Settings settings) {
        this.settings = settings;
    }

    /**
     * What somebody may do.
     *
     * @param calledAET AE title that was called
     * @param user      {@code null} if it is not known who it is
     */
    public Permissions of(String calledAET, User user) {
        if (user == null)
            return settings.get(HpSettings.IDENTITY, calledAET) == IdentityMode.REQUIRE ? Permissions.UNKNOWN : Permissions.ALL;
        return Permissions.of(person(calledAET, user));
    }

    /** A name that nobody has verified makes nobody a manager or an administrator. */
    private Person person(String calledAET, User user) {
        Set<String> managers = Set.copyOf(settings.get(HpSettings.GROUP_MANAGER_ROLES, calledAET));
        Set<String> administrators = Set.copyOf(settings.get(HpSettings.ADMINISTRATOR_ROLES, calledAET));
        Map<String, String> names = settings.get(HpSettings.GROUP_NAMES, calledAET);
        Set<String> groups = user.roles().stream().filter(role -> !managers.contains(role) && !administrators.contains(role)
                        && (names.containsKey(role) || !isOfTheLogin(role)))
                .map(role -> names.getOrDefault(role, role)).collect(Collectors.toSet());
        return new Person(new Reader(code(calledAET, user), groups), user.verified() && has(user, managers),
                user.verified() && has(user, administrators));
    }

    private static boolean isOfTheLogin(String role) {
        return LOGIN_ROLES.contains(role) || role.startsWith(DEFAULT_ROLES);
    }

    private static boolean has(User user, Collection<String> roles) {
        return !Collections.disjoint(user.roles(), roles);
    }

    private Code code(String calledAET, User user) {
        String scheme = settings.get(HpSettings.USER_CODE_SCHEME, calledAET);
        String code = settings.get(HpSettings.USER_CODES, calledAET).getOrDefault(user.name(), user.name());
        int end = code.lastIndexOf(SCHEME);
        return end < 0 ? new Code(code, scheme, null) : new Code(code.substring(0, end), code.substring(end + 1), null);
    }
}

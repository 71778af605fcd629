package org.hpqr.standalone;

import java.util.List;
import java.util.Optional;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Dimse;
import org.hpqr.spi.AccessPolicy;
import org.hpqr.spi.Setting;
import org.hpqr.spi.User;

/**
 * Who may do what, by calling AE title. Who may open an association at all is checked when it is requested
 * ({@link ServerSettings#ACCEPTED_CALLING_AES}), and objects go only to configured destinations
 * ({@link ServerSettings#MOVE_DESTINATIONS}).
 */
final class ConfiguredAccess implements AccessPolicy {

    private final Configuration configuration;

    ConfiguredAccess(Configuration configuration) {
        this.configuration = configuration;
    }

    @Override
    public boolean mayInvoke(Association association, Dimse operation) {
        return mayInvoke(association.getCallingAET(), operation);
    }

    boolean mayInvoke(String callingAET, Dimse operation) {
        List<String> callers = configuration.get(callersOf(operation));
        return callers.isEmpty() || callers.contains(callingAET);
    }

    private static Setting<List<String>> callersOf(Dimse operation) {
        return switch (operation) {
            case C_STORE_RQ -> ServerSettings.STORE_CALLERS;
            case C_FIND_RQ -> ServerSettings.FIND_CALLERS;
            case C_GET_RQ, C_MOVE_RQ -> ServerSettings.RETRIEVE_CALLERS;
            default -> throw new IllegalArgumentException("not an operation of the plugin: " + operation);
        };
    }

    @Override
    public Optional<User> user(Association association) {
        return UserIdentity.of(association);
    }

    @Override
    public boolean mayMoveTo(Association association, String destination) {
        return mayMoveTo(association.getCallingAET(), destination);
    }

    boolean mayMoveTo(String callingAET, String destination) {
        return !configuration.get(ServerSettings.MOVE_TO_CALLER_ONLY) || destination.equals(callingAET);
    }
}

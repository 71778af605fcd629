package org.hpqr.standalone;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.Setting;

/** The settings that only the standalone server has; those of the plugin are in {@link HpSettings}. */
final class ServerSettings {

    /** What every key begins with. */
    static final String PREFIX = "hpqr.";

    static final Setting<String> AE_TITLE = new Setting<>("ae-title", "HPQR", AeTitle.ALLOWED,
            "The AE title of the server", AeTitle::parse);
    static final Setting<Integer> PORT = Setting.number("port", 11_112, 1, 65_535, "The TCP port it listens on");
    static final Setting<String> BIND_ADDRESS = new Setting<>("bind-address", "127.0.0.1",
            "an IP address or a host name of this machine; 0.0.0.0 for all",
            "The network interface it listens on; any machine that reaches it can store, find and fetch",
            ServerSettings::host);
    static final Setting<List<String>> ACCEPTED_CALLING_AES = new Setting<>("accepted-calling-aes", List.of(),
            "AE titles, separated by commas; none for any", "The AE titles that may open an association; others are rejected",
            AeTitle::parseList);
    static final Setting<List<ConfiguredDestination>> MOVE_DESTINATIONS = new Setting<>("move-destinations", List.of(),
            ConfiguredDestination.FORM, "The AEs that objects may be moved to", ConfiguredDestination::parseList);
    static final Setting<Path> STORAGE_DIRECTORY = new Setting<>("storage-directory", Path.of("objects"),
            "a directory; a relative path is below the data directory",
            "Where the objects lie; created if it is missing, and used by one server at a time", ServerSettings::path);
    static final Setting<Boolean> DEFLATED = Setting.flag("deflated", false,
            "Whether Deflated Explicit VR Little Endian is offered, too");
    static final Setting<Boolean> BIG_ENDIAN = Setting.flag("big-endian", false,
            "Whether the retired Explicit VR Big Endian is offered, too");
    static final Setting<Integer> MAX_ASSOCIATIONS = Setting.number("max-associations", 256, 1, 10_000,
            "Most associations open at a time, those of C-MOVE sub-operations included; more are rejected, to be tried again later");
    static final Setting<Integer> MAX_PDU_LENGTH = Setting.number("max-pdu-length", 16_378, 4_096, 1_048_576,
            "Longest PDU that is sent and received, in bytes");
    static final Setting<Integer> REQUEST_TIMEOUT = Setting.number("request-timeout", 10, 1, 3_600,
            "Longest time a peer may take from connecting to requesting an association, in seconds");
    static final Setting<Integer> IDLE_TIMEOUT = Setting.number("idle-timeout", 300, 1, 86_400,
            "Longest time an association may stay open without an operation, in seconds");
    static final Setting<Integer> RELEASE_TIMEOUT = Setting.number("release-timeout", 10, 1, 3_600,
            "Longest time a move destination may take to answer a release request, in seconds");
    static final Setting<Integer> SHUTDOWN_TIMEOUT = Setting.number("shutdown-timeout", 10, 0, 600,
            "Longest time operations under way may take to end when the server stops, in seconds");

    /** Those of the server, in the order of the documentation. */
    static final List<Setting<?>> ALL = List.of(AE_TITLE, PORT, BIND_ADDRESS, ACCEPTED_CALLING_AES, MOVE_DESTINATIONS,
            STORAGE_DIRECTORY, DEFLATED, BIG_ENDIAN, MAX_ASSOCIATIONS, MAX_PDU_LENGTH, REQUEST_TIMEOUT, IDLE_TIMEOUT,
            RELEASE_TIMEOUT, SHUTDOWN_TIMEOUT);

    private ServerSettings() {
    }

    /** Every setting an administrator of the standalone server can make: the server's and the plugin's. */
    static Stream<Setting<?>> allOfHome() {
        return Stream.concat(ALL.stream(), HpSettings.ALL.stream());
    }

    /** The key of a setting, as it stands in the properties file. */
    static String key(Setting<?> setting) {
        return PREFIX + setting.name();
    }

    private static String host(String text) {
        if (text.isEmpty() || text.chars().anyMatch(Character::isWhitespace))
            throw new IllegalArgumentException("not a host");
        return text;
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(e);
        }
    }
}

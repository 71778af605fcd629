package org.hpqr.standalone;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.Setting;

/** The settings that only the standalone server has, without those of {@link TlsSettings} and {@link LoginSettings}. The plugin's are {@link HpSettings}. */
final class ServerSettings {

    /** What every key begins with. */
    static final String PREFIX = "hpqr.";

    static final Setting<String> AE_TITLE = new Setting<>("ae-title", "HPQR", AeTitle.ALLOWED,
            "The AE title of the server", AeTitle::parse);
    static final Setting<Integer> PORT = Setting.number("port", 11_112, 0, 65_535,
            "The TCP port of the server; 0 for none, if there is a TLS port");
    static final Setting<String> BIND_ADDRESS = new Setting<>("bind-address", "127.0.0.1",
            "an IP address (IPv4 or IPv6) or a host name of this machine; 0.0.0.0 or :: for all",
            "The network interface of the ports; any machine that reaches it can store, find and retrieve",
            ServerSettings::host);
    static final Setting<Integer> HTTP_PORT = Setting.number("http-port", 8_080, 0, 65_535,
            "The TCP port for DICOMweb without TLS; 0 for none");
    static final Setting<String> HTTP_ADDRESS = new Setting<>("http-address", "127.0.0.1",
            "an IP address or a host name of this machine; 0.0.0.0 for all",
            "The network interface for DICOMweb; one that other machines reach needs https-port and users, or http-behind-proxy", ServerSettings::host);
    static final Setting<Boolean> HTTP_BEHIND_PROXY = Setting.flag("http-behind-proxy", false,
            "Whether a proxy in front of the server provides TLS and login, and nothing else reaches http-port");
    static final Setting<List<String>> HTTP_HOSTS = Setting.words("http-hosts", List.of("localhost", "127.0.0.1", "[::1]"),
            "host names and addresses, separated by commas",
            "The hosts that a request over HTTP may name; others are answered 421");
    static final Setting<List<String>> HTTP_ORIGINS = Setting.words("http-origins", List.of(),
            "origins such as https://viewer.example, separated by commas; none for none",
            "The origins whose pages may use DICOMweb from a browser (CORS)");
    static final Setting<List<String>> ACCEPTED_CALLING_AES = new Setting<>("accepted-calling-aes", List.of(),
            "AE titles, separated by commas; none for any", "The AE titles that may open an association; others are rejected",
            AeTitle::parseList);
    static final Setting<List<String>> STORE_CALLERS = callers("store-callers", "store");
    static final Setting<List<String>> FIND_CALLERS = callers("find-callers", "find");
    static final Setting<List<String>> RETRIEVE_CALLERS = callers("retrieve-callers", "move and get");
    static final Setting<List<ConfiguredDestination>> MOVE_DESTINATIONS = new Setting<>("move-destinations", List.of(),
            ConfiguredDestination.FORM, "The move destinations; +tls for TLS",
            ConfiguredDestination::parseList);
    static final Setting<Boolean> MOVE_TO_CALLER_ONLY = Setting.flag("move-to-caller-only", false,
            "Whether objects may be moved only to the requesting AE; other destinations are answered A801");
    static final Setting<Boolean> DEFLATED = Setting.flag("deflated", false,
            "Whether Deflated Explicit VR Little Endian is also offered");
    static final Setting<Boolean> BIG_ENDIAN = Setting.flag("big-endian", false,
            "Whether the retired Explicit VR Big Endian is also offered");
    static final Setting<Integer> MAX_ASSOCIATIONS = Setting.number("max-associations", 256, 1, 10_000,
            "Maximum number of open associations, those of C-MOVE sub-operations included; more are rejected as a transient failure");
    static final Setting<Integer> MAX_PDU_LENGTH = Setting.number("max-pdu-length", 16_378, 4_096, 1_048_576,
            "Maximum length of a PDU, in bytes; an odd number is rounded down for sending; a longer PDU aborts its association");
    static final Setting<Integer> MAX_ASSOCIATION_REQUEST = Setting.number("max-association-request", 131_072, 4_096,
            1_048_576, "Maximum length of an A-ASSOCIATE-RQ PDU, in bytes; a longer one aborts the association");
    static final Setting<Integer> MAX_COMMAND_SIZE = Setting.number("max-command-size", 4_096, 1_024, 16_384,
            "Maximum size of a command set, in bytes; a larger one aborts the association");
    static final Setting<Integer> MAX_CONNECTIONS_PER_HOST = Setting.number("max-connections-per-host", 0, 0, 10_000,
            "Maximum number of open connections from one address; more are closed at once; 0 for no limit");
    static final Setting<Integer> REQUEST_TIMEOUT = Setting.number("request-timeout", 10, 1, 3_600,
            "Maximum time from connection to association request, in seconds");
    static final Setting<Integer> IDLE_TIMEOUT = Setting.number("idle-timeout", 300, 1, 86_400,
            "Maximum time an association may stay open without an operation, in seconds");
    static final Setting<Integer> RELEASE_TIMEOUT = Setting.number("release-timeout", 10, 1, 3_600,
            "Maximum time a move destination may take to answer a release request, in seconds");
    static final Setting<Integer> SHUTDOWN_TIMEOUT = Setting.number("shutdown-timeout", 10, 0, 600,
            "Maximum time running operations may take to end when the server stops, in seconds");

    /** Those of the server, in the order of the documentation. */
    static final List<Setting<?>> ALL = List.of(AE_TITLE, PORT, BIND_ADDRESS, HTTP_PORT, HTTP_ADDRESS, HTTP_BEHIND_PROXY,
            HTTP_HOSTS, HTTP_ORIGINS, ACCEPTED_CALLING_AES, STORE_CALLERS, FIND_CALLERS,
            RETRIEVE_CALLERS, MOVE_DESTINATIONS, MOVE_TO_CALLER_ONLY, DEFLATED, BIG_ENDIAN,
            MAX_ASSOCIATIONS, MAX_CONNECTIONS_PER_HOST, MAX_PDU_LENGTH, MAX_ASSOCIATION_REQUEST, MAX_COMMAND_SIZE, REQUEST_TIMEOUT, IDLE_TIMEOUT,
            RELEASE_TIMEOUT, SHUTDOWN_TIMEOUT);

    private ServerSettings() {
    }

    /** Every setting an administrator of the standalone server can make: the server's, those of TLS and login, and the plugin's. */
    static Stream<Setting<?>> allOfHome() {
        return Stream.of(ALL, TlsSettings.ALL, LoginSettings.ALL, HpSettings.ALL).flatMap(List::stream);
    }

    /** The key of a setting, as it stands in the properties file. */
    static String key(Setting<?> setting) {
        return PREFIX + setting.name();
    }

    private static Setting<List<String>> callers(String name, String operations) {
        return new Setting<>(name, List.of(), "AE titles, separated by commas; none for any",
                "The AE titles that may " + operations + "; others are answered 0124", AeTitle::parseList);
    }

    private static String host(String text) {
        if (text.isEmpty() || text.chars().anyMatch(Character::isWhitespace))
            throw new IllegalArgumentException("not a host");
        return text;
    }

    static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(e);
        }
    }
}

package org.hpqr.spi;

import java.util.List;
import java.util.Map;

/** The settings of the plugin, the same in every server. Each can differ from called AE title to called AE title. */
public final class HpSettings {

    /** What happens to an object whose SOP Instance UID is already stored with other content. */
    public enum DuplicatePolicy {
        /** The new object takes the place of the old one. */
        REPLACE,
        /** The old one stays; the store is answered A900. */
        KEEP
    }

    /** How much of the IOD (PS3.3 A.44) an object has to satisfy to be stored. */
    public enum ValidationLevel {
        /** Only its identity is checked. */
        OFF,
        /** What a C-FIND response must return with a value has to be there. */
        SEARCHABLE,
        /** Every rule of its modules that one data set can break is checked. */
        FULL
    }

    /** Does an object match a key for which it has no value? */
    public enum UnknownValues {
        /** No (PS3.4 K.2.2.1.1.1). */
        STRICT,
        /** Yes: a protocol without a modality is found by any modality, as dcm4chee 2 did. */
        LENIENT
    }

    /** What becomes of a retrieve identifier that holds more than SOP Instance UID. */
    public enum RetrieveKeys {
        /** The rest is ignored. */
        TOLERANT,
        /** It is answered A900. */
        STRICT
    }

    /** What becomes of the identity of a peer's user (PS3.7 D.3.3.7). */
    public enum IdentityMode {
        /** It is not looked at: peers are trusted by their AE titles. */
        OFF,
        /** It decides where it is sent; a peer that sends none is trusted by its AE title. */
        PREFER,
        /** It decides; who has none may read what is everybody's. */
        REQUIRE
    }

    /** As deep as the stack of any thread lets the toolkit recurse, with a wide margin. */
    public static final int LARGEST_DEPTH = 128;
    /** Some 300 MB in memory. */
    public static final int LARGEST_ITEMS = 1_000_000;

    public static final Setting<DuplicatePolicy> DUPLICATE_POLICY = Setting.choice("duplicate-policy",
            DuplicatePolicy.REPLACE,
            "What happens to an object whose SOP Instance UID is already stored with other content");
    public static final Setting<Integer> HISTORY_SIZE = Setting.number("history-size", 10, 0, 1_000,
            "Maximum number of replaced contents kept of an object, so that a replacement can be undone; 0 for none");
    public static final Setting<ValidationLevel> VALIDATION = Setting.choice("validation", ValidationLevel.SEARCHABLE,
            "How much of the IOD an object must satisfy to be stored");
    public static final Setting<Integer> MAX_OBJECT_SIZE = Setting.number("max-object-size", 20_971_520, 1_024,
            67_108_864, "Maximum size of a stored object, in bytes of its data set");
    public static final Setting<Integer> MAX_REQUEST_SIZE = Setting.number("max-request-size", 67_108_864, 1_024,
            1_073_741_824, "Maximum size of the body of an HTTP request, in bytes; it may contain many objects");
    public static final Setting<Integer> MAX_DEPTH = Setting.number("max-depth", 32, 8, LARGEST_DEPTH,
            "Maximum nesting depth of sequences in an object or identifier");
    public static final Setting<Integer> MAX_ITEMS = Setting.number("max-items", 20_000, 100, LARGEST_ITEMS,
            "Maximum total number of sequence items in an object or identifier");
    public static final Setting<UnknownValues> UNKNOWN_VALUES = Setting.choice("unknown-values", UnknownValues.STRICT,
            "Whether an object matches a key for which it has no value");
    public static final Setting<Integer> MAX_IDENTIFIER_SIZE = Setting.number("max-identifier-size", 8_388_608, 1_024,
            67_108_864, "Maximum size of the identifier of a C-FIND, C-MOVE or C-GET, in bytes");
    public static final Setting<Integer> MAX_KEYS = Setting.number("max-keys", 256, 16, 4_096,
            "Maximum number of attributes in a C-FIND identifier, those of sequence items included");
    public static final Setting<Integer> MAX_MATCHES = Setting.number("max-matches", 1_000_000, 1, Integer.MAX_VALUE,
            "Maximum number of matches a C-FIND returns; if there are more, it ends with A700 after that many");
    public static final Setting<Integer> MAX_CONCURRENT_FINDS = Setting.number("max-concurrent-finds", 256, 1, 10_000,
            "Maximum number of concurrent C-FIND operations of a called AE title; more are answered A700");
    public static final Setting<Integer> MAX_CONCURRENT_RETRIEVES = Setting.number("max-concurrent-retrieves", 64, 1,
            10_000, "Maximum number of concurrent C-MOVE and C-GET operations of a called AE title; more are answered A702");
    public static final Setting<Integer> FIND_TIMEOUT = Setting.number("find-timeout", 600, 1, 86_400,
            "Maximum time a C-FIND may take, or a C-MOVE or C-GET may wait for the database, in seconds; "
                    + "it then ends with A700 or A701");
    public static final Setting<Integer> SEND_TIMEOUT = Setting.number("send-timeout", 60, 1, 3_600,
            "Maximum time a peer may take to receive one message, in seconds; its association is then closed");
    public static final Setting<Integer> RECEIVE_TIMEOUT = Setting.number("receive-timeout", 60, 1, 3_600,
            "Maximum time a peer may take to send the data set of a request, in seconds; its association is then closed");
    public static final Setting<RetrieveKeys> RETRIEVE_KEYS = Setting.choice("retrieve-keys", RetrieveKeys.TOLERANT,
            "Whether a C-MOVE or C-GET identifier with more than SOP Instance UID is accepted (tolerant) or refused (strict)");
    public static final Setting<Integer> PENDING_INTERVAL = Setting.number("pending-interval", 0, 0, 3_600,
            "Seconds between the pending responses of a C-MOVE or C-GET; 0 sends one after each sub-operation but the last");
    public static final Setting<Integer> STORE_ASSOCIATIONS = Setting.number("store-associations", 1, 1, 16,
            "Maximum number of associations a C-MOVE opens to its destination");
    public static final Setting<Integer> CONNECT_TIMEOUT = Setting.number("connect-timeout", 10, 1, 600,
            "Maximum time a move destination may take to accept an association, in seconds");
    public static final Setting<Integer> STORE_RESPONSE_TIMEOUT = Setting.number("store-response-timeout", 60, 1, 3_600,
            "Maximum time a peer may take to answer a C-STORE sub-operation, in seconds");

    /** More are no help, and take memory. */
    public static final int MOST_RECENT_FINDS = 1_000;
    public static final Setting<Integer> RECENT_FINDS = Setting.number("recent-finds", 0, 0, MOST_RECENT_FINDS,
            "Number of recent C-FIND requests whose identifiers, which may name users, are kept in memory for explain; 0 for none");

    public static final Setting<IdentityMode> IDENTITY = Setting.choice("identity", IdentityMode.OFF,
            "Whether the user that a DICOM peer names decides what it may do, and whether it has to name one");
    public static final Setting<Map<String, String>> USER_CODES = Setting.map("user-codes", "user=code or user=code^scheme",
            "The codes by which hanging protocols name users; of a user who is not listed it is the user name");
    public static final Setting<String> USER_CODE_SCHEME = Setting.text("user-code-scheme", "99HPQR",
            "a coding scheme designator", "The coding scheme of user codes without one");
    public static final Setting<Map<String, String>> GROUP_NAMES = Setting.map("group-names", "role=group",
            "The groups of hanging protocols whose members a role makes; a role that is not listed makes members of the group of its name,"
                    + " but for those of Keycloak and the archive: auth, user, admin, root, offline_access, uma_authorization and default-roles-...");
    public static final Setting<List<String>> GROUP_MANAGER_ROLES = Setting.texts("group-manager-roles", List.of("group-manager"),
            "roles", "The roles whose users may change the hanging protocols of the groups they are members of");
    public static final Setting<List<String>> ADMINISTRATOR_ROLES = Setting.texts("administrator-roles", List.of("administrator"),
            "roles", "The roles whose users may see and change all hanging protocols");

    /** Of no AE title: the one for all AE titles counts. */
    public static final Setting<Integer> INTEGRITY_CHECK_DAYS = Setting.number("integrity-check-days", 30, 0, 365,
            "Days within which the digest of every stored object is verified; 0 for never; the same for all AE titles");

    /** All of them, in the order of the documentation. */
    public static final List<Setting<?>> ALL = List.of(DUPLICATE_POLICY, HISTORY_SIZE, VALIDATION, MAX_OBJECT_SIZE, MAX_REQUEST_SIZE, MAX_DEPTH, MAX_ITEMS, UNKNOWN_VALUES,
            MAX_IDENTIFIER_SIZE, MAX_KEYS, MAX_MATCHES, MAX_CONCURRENT_FINDS, MAX_CONCURRENT_RETRIEVES, FIND_TIMEOUT,
            SEND_TIMEOUT, RECEIVE_TIMEOUT, RETRIEVE_KEYS, PENDING_INTERVAL, STORE_ASSOCIATIONS, CONNECT_TIMEOUT,
            STORE_RESPONSE_TIMEOUT, RECENT_FINDS, IDENTITY, USER_CODES, USER_CODE_SCHEME, GROUP_NAMES, GROUP_MANAGER_ROLES, ADMINISTRATOR_ROLES,
            INTEGRITY_CHECK_DAYS);

    private HpSettings() {
    }
}

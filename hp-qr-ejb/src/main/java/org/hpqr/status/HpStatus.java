package org.hpqr.status;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every status the Hanging Protocol services answer with: code, the HTTP status in its place, the condition that leads to it,
 * and the clause it comes from. PS3.4 leaves the digits of {@code Cxxx} to the SCP; those used here are the ones of pynetdicom's table, so that
 * a peer tested against pynetdicom meets codes it knows.
 */
public enum HpStatus {

    SUCCESS(0x0000, "SFMG", 200, "Operation complete", "PS3.7 Annex C"),
    PENDING(0xFF00, "FMG", 200, "A match, or sub-operations are continuing", "PS3.4 K.4-1, C.4-2, C.4-3"),
    PENDING_WARNING(0xFF01, "F", 200, "A match; a key in the identifier is not supported", "PS3.4 K.4-1"),
    CANCEL(0xFE00, "FMG", 503, "Ended by a C-CANCEL request", "PS3.4 K.4-1, C.4-2, C.4-3"),
    WARNING(0xB000, "MG", 200, "Sub-operations complete, with failures or warnings", "PS3.4 C.4-2, C.4-3"),

    OUT_OF_RESOURCES(0xA700, "SF", 503, "Database, storage or memory not available", "PS3.4 K.4-1, GG.4-1"),
    CANNOT_COUNT_MATCHES(0xA701, "MG", 503, "The number of matches cannot be calculated for lack of resources", "PS3.4 C.4-2, C.4-3"),
    CANNOT_PERFORM_SUB_OPERATIONS(0xA702, "MG", 503, "No sub-operation could be performed, or all of them failed", "PS3.4 C.4-2, C.4-3"),
    MOVE_DESTINATION_UNKNOWN(0xA801, "M", 500, "The move destination is not configured, or not allowed", "PS3.4 C.4-2"),
    DOES_NOT_MATCH_SOP_CLASS(0xA900, "SFMG", 400, "Identifier or data set does not match the SOP class", "PS3.4 K.4-1, C.4-2, C.4-3, GG.4-1"),
    CANNOT_UNDERSTAND(0xC000, "S", 400, "The data set cannot be parsed, or storing it failed inside", "PS3.4 GG.4-1"),

    INVALID_SOP_INSTANCE(0x0117, "S", 400, "The SOP Instance UID violates the UID rules", "PS3.7 Annex C"),
    SOP_CLASS_NOT_SUPPORTED(0x0122, "SFMG", 400, "The Affected SOP Class UID is not one that is served", "PS3.7 Annex C"),
    NOT_AUTHORIZED(0x0124, "SFMG", 404, "The calling AE may not invoke this operation", "PS3.7 Annex C"),
    DUPLICATE_INVOCATION(0x0210, "SFMG", 500, "The Message ID is in use by an outstanding operation", "PS3.7 Annex C"),
    UNRECOGNIZED_OPERATION(0x0211, "SFMG", 500, "The operation was not agreed for its presentation context", "PS3.7 Annex C"),
    MISTYPED_ARGUMENT(0x0212, "SFMG", 500, "A parameter was not agreed for the association", "PS3.7 Annex C"),

    NO_STATUS(0xC001, "FMG", 500, "The service ended without a status", "PS3.4 K.4-1, C.4-2, C.4-3"),
    STATUS_NOT_ALLOWED(0xC002, "FMG", 500, "The service ended with a status its operation does not have", "PS3.4 K.4-1, C.4-2, C.4-3"),
    FIND_IDENTIFIER_UNREADABLE(0xC310, "F", 400, "C-FIND: identifier missing or not decodable", "PS3.4 K.4-1"),
    FIND_FAILED(0xC311, "F", 500, "C-FIND: the query failed", "PS3.4 K.4-1"),
    FIND_RESPONSE_NOT_ENCODABLE(0xC312, "F", 500, "C-FIND: a response identifier cannot be encoded", "PS3.4 K.4-1"),
    GET_IDENTIFIER_UNREADABLE(0xC410, "G", 400, "C-GET: identifier missing or not decodable", "PS3.4 C.4-3"),
    GET_FAILED(0xC411, "G", 500, "C-GET: failed outside a single sub-operation", "PS3.4 C.4-3"),
    GET_COUNT_NOT_ESTABLISHED(0xC413, "G", 500, "C-GET: the number of matches cannot be established", "PS3.4 C.4-3"),
    GET_TOO_MANY_MATCHES(0xC416, "G", 500, "C-GET: more than 65,535 matches", "PS3.4 C.4-3"),
    MOVE_IDENTIFIER_UNREADABLE(0xC510, "M", 400, "C-MOVE: identifier missing or not decodable", "PS3.4 C.4-2"),
    MOVE_FAILED(0xC511, "M", 500, "C-MOVE: failed outside a single sub-operation", "PS3.4 C.4-2"),
    MOVE_COUNT_NOT_ESTABLISHED(0xC513, "M", 500, "C-MOVE: the number of matches cannot be established", "PS3.4 C.4-2"),
    MOVE_DESTINATION_NOT_RESOLVED(0xC514, "M", 500, "C-MOVE: the AE directory failed, no address could be determined", "PS3.4 C.4-2"),
    MOVE_DESTINATION_UNUSABLE(0xC515, "M", 500, "C-MOVE: the address of the move destination is not usable", "PS3.4 C.4-2"),
    MOVE_TOO_MANY_MATCHES(0xC516, "M", 500, "C-MOVE: more than 65,535 matches", "PS3.4 C.4-2");

    private final int code;
    private final Set<HpService> services;
    private final int httpStatus;
    private final String text;
    private final String condition;
    private final String clause;

    /**
     * @param services   first letters of the services that answer with it: S, F, M, G
     * @param httpStatus of a request over HTTP that fails for this reason; 500 where no request can
     */
    HpStatus(int code, String services, int httpStatus, String condition, String clause) {
        this.code = code;
        this.httpStatus = httpStatus;
        this.services = Arrays.stream(HpService.values())
                .filter(service -> services.indexOf(service.name().charAt(0)) >= 0)
                .collect(Collectors.toUnmodifiableSet());
        this.condition = condition;
        this.clause = clause;
        // once: it is logged with each operation
        text = String.format("%04XH", code);
    }

    /** The value of Status (0000,0900). */
    public int code() {
        return code;
    }

    /** The status of the response to an HTTP request that ends so. */
    public int httpStatus() {
        return httpStatus;
    }

    /**
     * The value of Failure Reason (0008,1197) of an instance that was not stored (PS3.18 Annex I): what a C-STORE of it is
     * answered with.
     *
     * @throws IllegalStateException no store fails so
     */
    public int failureReason() {
        if (!isFailure() || !services.contains(HpService.STORE))
            throw new IllegalStateException(this + " is not a failure of a store");
        return code;
    }

    /** The services that answer with this status. */
    public Set<HpService> services() {
        return services;
    }

    /** When this status is answered, in one sentence; that of a failure fits into an Error Comment. */
    public String condition() {
        return condition;
    }

    /** The clause of the standard that names the status or leaves room for it. */
    public String clause() {
        return clause;
    }

    /** {@code true} for FF00 and FF01, the statuses after which more responses follow. */
    public boolean isPending() {
        return this == PENDING || this == PENDING_WARNING;
    }

    /** {@code true} for what PS3.7 Annex C classes as failure. */
    public boolean isFailure() {
        return !isPending() && this != SUCCESS && this != CANCEL && this != WARNING;
    }

    /** {@code true} for A700, A701 and A702: what the server needs is not available, whoever asks. */
    public boolean isLackOfResources() {
        return this == OUT_OF_RESOURCES || this == CANNOT_COUNT_MATCHES || this == CANNOT_PERFORM_SUB_OPERATIONS;
    }

    /** What an operation of this service ends with for lack of resources, before any sub-operation. */
    public static HpStatus outOfResources(HpService service) {
        return switch (service) {
            case STORE, FIND -> OUT_OF_RESOURCES;
            case MOVE, GET -> CANNOT_COUNT_MATCHES;
        };
    }

    /** What an operation of this service ends with when it fails in a way that nobody has foreseen. */
    public static HpStatus unforeseen(HpService service) {
        return switch (service) {
            case STORE -> CANNOT_UNDERSTAND;
            case FIND -> FIND_FAILED;
            case MOVE -> MOVE_FAILED;
            case GET -> GET_FAILED;
        };
    }

    @Override
    public String toString() {
        return text;
    }
}

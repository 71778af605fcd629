package org.hpqr.status;

/**
 * Every status the Hanging Protocol services answer with: code, the condition that leads to it, and the clause it comes
 * from. PS3.4 leaves the digits of {@code Cxxx} to the SCP; those used here are the ones of pynetdicom's table, so that
 * a peer tested against pynetdicom meets codes it knows.
 */
public enum HpStatus {

    SUCCESS(0x0000, "Operation complete", "PS3.7 C.1.1"),
    PENDING(0xFF00, "A match, or sub-operations are continuing", "PS3.4 K.4-1, C.4-2, C.4-3"),
    PENDING_WARNING(0xFF01, "A match; a key in the identifier is not supported", "PS3.4 K.4-1"),
    CANCEL(0xFE00, "Ended by a C-CANCEL request", "PS3.4 K.4-1, C.4-2, C.4-3"),
    WARNING(0xB000, "Sub-operations complete, with failures or warnings", "PS3.4 C.4-2, C.4-3"),

    OUT_OF_RESOURCES(0xA700, "Database, storage or memory not available", "PS3.4 K.4-1, GG.4-1"),
    CANNOT_COUNT_MATCHES(0xA701, "The number of matches cannot be calculated for lack of resources", "PS3.4 C.4-2, C.4-3"),
    CANNOT_PERFORM_SUB_OPERATIONS(0xA702, "No sub-operation could be performed, or all of them failed", "PS3.4 C.4-2, C.4-3"),
    MOVE_DESTINATION_UNKNOWN(0xA801, "The move destination is not a configured AE title, or not allowed", "PS3.4 C.4-2"),
    DOES_NOT_MATCH_SOP_CLASS(0xA900, "Identifier or data set does not match the SOP class", "PS3.4 K.4-1, C.4-2, C.4-3, GG.4-1"),
    CANNOT_UNDERSTAND(0xC000, "The data set cannot be parsed, or storing it failed inside", "PS3.4 GG.4-1"),

    INVALID_SOP_INSTANCE(0x0117, "The SOP Instance UID violates the UID rules", "PS3.7 C.4.9"),
    SOP_CLASS_NOT_SUPPORTED(0x0122, "The Affected SOP Class UID is not one that is served", "PS3.7 C.5.6"),
    NOT_AUTHORIZED(0x0124, "The calling AE may not invoke this operation", "PS3.7 C.5.25"),
    DUPLICATE_INVOCATION(0x0210, "The Message ID is in use by an outstanding operation", "PS3.7 C.5.7"),
    UNRECOGNIZED_OPERATION(0x0211, "The operation was not agreed for its presentation context", "PS3.7 C.5.23"),
    MISTYPED_ARGUMENT(0x0212, "A parameter was not agreed for the association", "PS3.7 C.5.15"),

    NO_STATUS(0xC001, "The service ended without a status", "PS3.4 K.4-1, C.4-2, C.4-3"),
    STATUS_NOT_ALLOWED(0xC002, "The service ended with a status its operation does not have", "PS3.4 K.4-1, C.4-2, C.4-3"),
    FIND_IDENTIFIER_UNREADABLE(0xC310, "C-FIND: identifier missing or not decodable", "PS3.4 K.4-1"),
    FIND_FAILED(0xC311, "C-FIND: the query failed", "PS3.4 K.4-1"),
    FIND_RESPONSE_NOT_ENCODABLE(0xC312, "C-FIND: a response identifier cannot be encoded", "PS3.4 K.4-1"),
    GET_IDENTIFIER_UNREADABLE(0xC410, "C-GET: identifier missing or not decodable", "PS3.4 C.4-3"),
    GET_FAILED(0xC411, "C-GET: failed outside a single sub-operation", "PS3.4 C.4-3"),
    GET_COUNT_NOT_ESTABLISHED(0xC413, "C-GET: the number of matches cannot be established", "PS3.4 C.4-3"),
    GET_TOO_MANY_MATCHES(0xC416, "C-GET: more than 65,535 matches", "PS3.4 C.4-3"),
    MOVE_IDENTIFIER_UNREADABLE(0xC510, "C-MOVE: identifier missing or not decodable", "PS3.4 C.4-2"),
    MOVE_FAILED(0xC511, "C-MOVE: failed outside a single sub-operation", "PS3.4 C.4-2"),
    MOVE_COUNT_NOT_ESTABLISHED(0xC513, "C-MOVE: the number of matches cannot be established", "PS3.4 C.4-2"),
    MOVE_DESTINATION_NOT_RESOLVED(0xC514, "C-MOVE: the AE directory failed, no address could be determined", "PS3.4 C.4-2"),
    MOVE_DESTINATION_UNUSABLE(0xC515, "C-MOVE: the address of the move destination is not usable", "PS3.4 C.4-2"),
    MOVE_TOO_MANY_MATCHES(0xC516, "C-MOVE: more than 65,535 matches", "PS3.4 C.4-2");

    private final int code;
    private final String condition;
    private final String clause;

    HpStatus(int code, String condition, String clause) {
        this.code = code;
        this.condition = condition;
        this.clause = clause;
    }

    /** The value of Status (0000,0900). */
    public int code() {
        return code;
    }

    /** When this status is answered, in one sentence. */
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

    @Override
    public String toString() {
        return String.format("%04XH", code);
    }
}

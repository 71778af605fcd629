package org.hpqr.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hpqr.testkit.standard.Clause;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The one table of statuses: DIMSE status, HTTP status, Failure Reason. */
class HpStatusTest {

    /** RFC 9110 15: a failure is no success over HTTP either, and what can be tried again is told from what cannot. */
    @ParameterizedTest
    @EnumSource
    void theHttpStatusIsOfTheSameKind(HpStatus status) {
        int http = status.httpStatus();
        if (status == HpStatus.CANCEL)
            assertEquals(503, http);
        else if (!status.isFailure())
            assertEquals(200, http);
        else if (status.code() >>> 8 == 0xA7)
            // PS3.4 GG.4-1, K.4-1: out of resources
            assertEquals(503, http);
        else if (status == HpStatus.NOT_AUTHORIZED)
            // what somebody may not see does not exist for him
            assertEquals(404, http);
        else
            assertTrue(http == 400 || http == 500, () -> status + " " + http);
    }

    /** Whoever sent it can correct it: the request is at fault, and not the server. */
    @ParameterizedTest
    @EnumSource(names = {"DOES_NOT_MATCH_SOP_CLASS", "CANNOT_UNDERSTAND", "INVALID_SOP_INSTANCE", "SOP_CLASS_NOT_SUPPORTED",
        "FIND_IDENTIFIER_UNREADABLE", "GET_IDENTIFIER_UNREADABLE", "MOVE_IDENTIFIER_UNREADABLE"})
    void whatIsWrongWithARequestIs400(HpStatus status) {
        assertEquals(400, status.httpStatus());
    }

    @ParameterizedTest
    @EnumSource
    @Clause("PS3.18 Annex I")
    void theFailureReasonIsTheStatusOfACStore(HpStatus status) {
        if (status.isFailure() && status.services().contains(HpService.STORE))
            assertEquals(status.code(), status.failureReason());
        else
            assertThrows(IllegalStateException.class, status::failureReason);
    }
}

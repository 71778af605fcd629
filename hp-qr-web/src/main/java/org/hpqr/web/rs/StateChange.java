package org.hpqr.web.rs;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.hpqr.service.Change;
import org.hpqr.spi.WebAudit;
import org.hpqr.status.HpFailure;

/** Retires, restores, deletes and undoes; beyond the standard, on paths of their own. A change that meets another is 412. */
@Dependent
class StateChange {

    @Inject
    private WebOperations operations;

    Response run(ServiceRequest request, WebAudit.Change change, String uid) throws WebFailure, HpFailure {
        List<String> tags = Conditions.ifMatch(request.http(), change == WebAudit.Change.DELETED);
        return answer(operations.change(change, uid, operations.meant(tags, uid, request), request));
    }

    /** Stores a content of the history again. */
    Response undo(ServiceRequest request, String uid, long number) throws WebFailure, HpFailure {
        List<String> tags = Conditions.ifMatch(request.http(), false);
        Change change = operations.undo(uid, number, operations.meant(tags, uid, request), request);
        if (change == Change.NOT_FOUND)
            throw WebFailure.noSuchContent();
        return answer(change);
    }

    private static Response answer(Change change) throws WebFailure {
        return switch (change) {
            case DONE -> Response.noContent().build();
            case NOT_FOUND -> throw WebFailure.noSuchProtocol();
            case NOT_PERMITTED -> throw new WebFailure(WebFailure.FORBIDDEN, "The user may not change this hanging protocol");
            case NOT_RETIRED -> throw new WebFailure(WebFailure.CONFLICT, "Only a retired hanging protocol can be deleted");
            case CONFLICT -> throw WebFailure.conflict();
        };
    }
}

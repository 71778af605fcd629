package org.hpqr.web.rs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import org.hpqr.service.Change;
import org.hpqr.spi.WebAudit;
import org.hpqr.status.HpFailure;

/** Retires, restores and deletes; beyond the standard, on paths of their own. A change that meets another is 412. */
@ApplicationScoped
class StateChange {

    @Inject
    private WebOperations operations;

    Response run(ServiceRequest request, WebAudit.Change change, String uid) throws WebFailure {
        String digest = Conditions.ifMatch(request.http(), change == WebAudit.Change.DELETED);
        try {
            Change changed = operations.change(change, uid, digest, request);
            switch (changed) {
                case DONE -> {
                    return Response.noContent().build();
                }
                case NOT_FOUND -> throw new WebFailure(WebFailure.NOT_FOUND, "There is no hanging protocol with this SOP Instance UID");
                case NOT_PERMITTED -> throw new WebFailure(WebFailure.FORBIDDEN, "The user may not change this hanging protocol");
                case NOT_RETIRED -> throw new WebFailure(WebFailure.CONFLICT, "Only what is retired can be deleted");
                case CONFLICT -> throw new WebFailure(WebFailure.PRECONDITION_FAILED, "The hanging protocol has changed meanwhile");
                default -> throw new IllegalStateException(changed.name());
            }
        } catch (HpFailure e) {
            throw WebFailure.of(e);
        }
    }
}

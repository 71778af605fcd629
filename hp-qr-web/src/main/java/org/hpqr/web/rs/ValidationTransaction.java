package org.hpqr.web.rs;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dcm4che3.data.ElementDictionary;
import org.hpqr.database.StoredInstance;
import org.hpqr.status.HpFailure;
import org.hpqr.store.iod.HangingProtocolIod;
import org.hpqr.store.iod.Violation;
import org.hpqr.web.media.ResponseType;

/** Which rules of the Hanging Protocol IOD (PS3.3 A.44) a stored protocol breaks, whatever was asked of it when it was stored. */
@Dependent
class ValidationTransaction {

    /** As many as are listed; nobody reads more, and a damaged object may break one in each of its items. */
    private static final int LISTED = 1_000;
    private static final Pattern ITEM = Pattern.compile("([0-9A-F]{8})\\[(\\d+)]");

    @Inject
    private WebOperations operations;

    /** @param more how many there are beside those that are listed */
    private record Found(List<BrokenRule> violations, int more) {
    }

    /**
     * A rule that is broken.
     *
     * @param items    from the top of the data set to the item it is broken in
     * @param elements at fault
     */
    record BrokenRule(String rule, String clause, List<Item> items, List<Element> elements) {

        static BrokenRule of(Violation violation) {
            List<Item> items = new ArrayList<>();
            Matcher item = ITEM.matcher(violation.place());
            while (item.find())
                items.add(new Item(item.group(1), keyword(Integer.parseUnsignedInt(item.group(1), 16)), Integer.parseInt(item.group(2))));
            return new BrokenRule(violation.rule(), violation.clause(), items, violation.elements().stream()
                    .map(tag -> new Element(String.format("%08X", tag), keyword(tag))).toList());
        }

        private static String keyword(int tag) {
            return ElementDictionary.keywordOf(tag, null);
        }
    }

    /** An item of a sequence; {@code number} counts from 1. */
    record Item(String tag, String keyword, int number) {
    }

    record Element(String tag, String keyword) {
    }

    Response run(ServiceRequest request, String uid) throws WebFailure, HpFailure {
        request.negotiate(SupportedTypes.REASONS);
        StoredInstance instance = operations.locate(uid, request).orElseThrow(WebFailure::noSuchProtocol);
        List<Violation> violations = HangingProtocolIod.violations(WebOperations.decoded(operations.read(instance, request)));
        Found found = new Found(violations.stream().limit(LISTED).map(BrokenRule::of).toList(), Math.max(0, violations.size() - LISTED));
        return Response.ok(RecordJson.text(found), ResponseType.PLAIN_JSON.mediaType()).build();
    }
}

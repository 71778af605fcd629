package org.hpqr.web.rs;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.query.FindIdentifier;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.Settings;
import org.hpqr.status.HpFailure;
import org.hpqr.web.media.ResponseType;
import org.hpqr.web.search.InvalidQueryException;
import org.hpqr.web.search.SearchRequest;

/**
 * Search (PS3.18 12.6). Results are written one by one as they are found; only a page, which has to say in its header how
 * many results are left, is collected before.
 */
@Dependent
class SearchTransaction {

    /** The largest page that is collected; a larger one is counted first, and searched again to be written. */
    private static final int COLLECTED = 1_000;
    /** More than there are hanging protocols anywhere: nothing is left behind such a page. */
    private static final int EVERYTHING = 1_000_000;

    private static final String LEFT_OUT = "An object that may match cannot be read and was left out";

    @Inject
    private WebOperations operations;

    @Inject
    private SortedPage sorted;

    @Inject
    private Settings settings;

    /** @param retired the retired instances are asked for, and no others */
    Response run(ServiceRequest request, boolean retired) throws WebFailure {
        ResponseType type = request.negotiate(retired ? SupportedTypes.SEARCH_RETIRED : SupportedTypes.SEARCH);
        SearchRequest search;
        FindIdentifier identifier;
        try {
            search = SearchRequest.parse(request.query(), settings.get(HpSettings.MAX_KEYS, request.calledAET()));
            // the number of keys that the client named is checked; what is added to be returned is not counted
            identifier = FindIdentifier.of(search.identifier(), settings.get(HpSettings.UNKNOWN_VALUES, request.calledAET()),
                    Integer.MAX_VALUE, search.emptyValues()).withDefaultReturnKeys();
        } catch (InvalidQueryException e) {
            throw new WebFailure(WebFailure.BAD_REQUEST, e.getMessage());
        } catch (HpFailure e) {
            throw WebFailure.of(e);
        }
        try {
            return search(request, type, search, identifier, retired);
        } catch (HpFailure e) {
            throw WebFailure.of(e);
        }
    }

    private Response search(ServiceRequest request, ResponseType type, SearchRequest search, FindIdentifier identifier, boolean retired)
            throws HpFailure {
        long maxMatches = settings.get(HpSettings.MAX_MATCHES, request.calledAET());
        long limit = Math.min(search.limit(), maxMatches);
        List<String> warnings = new ArrayList<>(search.warnings());
        if (limit == 0)
            return none(request, warnings);
        if (search.order() != null)
            return sorted(request, type, search, retired, (int) Math.min(limit, COLLECTED));
        boolean counted = limit > COLLECTED && limit < EVERYTHING;
        long left = counted ? operations.count(identifier, request, retired) - search.offset() - limit : 0;
        WebOperations.Search<Attributes> find = operations.find(identifier, request, retired);
        RequestFilter.closeAfter(request.http(), find);
        Queue<Attributes> first = new ArrayDeque<>();
        find.skip(search.offset());
        boolean paged = limit <= COLLECTED;
        for (Attributes match = find.next(); match != null; match = isCollected(paged, limit, first.size(), match) ? find.next() : null)
            first.add(match);
        if (paged && !first.isEmpty())
            left = find.skip(Long.MAX_VALUE);
        if (find.isIncomplete())
            warnings.add(LEFT_OUT);
        if (first.isEmpty())
            return none(request, warnings);
        return answer(request, type, new Matches(request.serviceUrl(), find, first, limit, find.isIncomplete()), left, warnings);
    }

    /** Whether the match after this one is collected, too: a page as a whole; otherwise those without a name, as damaged ones are among them. */
    private static boolean isCollected(boolean paged, long limit, int collected, Attributes match) {
        return paged ? collected < limit : collected < COLLECTED && !match.containsValue(Tag.HangingProtocolName);
    }

    private Response sorted(ServiceRequest request, ResponseType type, SearchRequest search, boolean retired, int limit) throws HpFailure {
        List<String> warnings = new ArrayList<>(search.warnings());
        SortedPage.Page page = sorted.find(request, search, retired, limit);
        if (page.isIncomplete())
            warnings.add(LEFT_OUT);
        if (page.results().isEmpty())
            return none(request, warnings);
        Queue<Attributes> results = new ArrayDeque<>(page.results());
        return answer(request, type, new Matches(request.serviceUrl(), null, results, results.size(), false), page.left(), warnings);
    }

    private Response answer(ServiceRequest request, ResponseType type, Matches matches, long left, List<String> warnings) {
        if (left > 0)
            warnings.add("There are " + left + " additional results that can be requested");
        if (type == ResponseType.ZIP)
            return warned(Response.ok(new ZipOutput(matches, operations, request), type.mediaType())
                    .header("Content-Disposition", "attachment; filename=\"hanging-protocols.zip\""), request, warnings).build();
        if (type == ResponseType.OHIF)
            return warned(Response.ok(new OhifOutput(matches, operations, request), type.mediaType()), request, warnings).build();
        DatasetsOutput output = new DatasetsOutput(type, matches);
        return warned(Response.ok(output, output.contentType()), request, warnings).build();
    }

    private static Response none(ServiceRequest request, List<String> warnings) {
        return warned(Response.noContent(), request, warnings).build();
    }

    private static Response.ResponseBuilder warned(Response.ResponseBuilder response, ServiceRequest request, List<String> warnings) {
        warnings.forEach(warning -> response.header("Warning", "299 " + request.serviceUrl() + ": " + warning));
        return response;
    }

    /** The results that are written: those that were collected, and then those of the search, if it has any more. */
    private static final class Matches implements DatasetsOutput.Source {

        private final String serviceUrl;
        private final WebOperations.Search<Attributes> find;
        private final Queue<Attributes> first;
        /** The client is told that matches are missing. */
        private final boolean warned;
        private long rest;

        private Matches(String serviceUrl, WebOperations.Search<Attributes> find, Queue<Attributes> first, long limit, boolean warned) {
            this.serviceUrl = serviceUrl;
            this.find = find;
            this.first = first;
            this.warned = warned;
            rest = limit;
        }

        @Override
        public Attributes next() throws IOException {
            if (rest == 0)
                return end();
            try {
                Attributes match = first.isEmpty() ? find.next() : first.poll();
                if (match == null)
                    return end();
                rest--;
                match.setString(Tag.RetrieveURL, VR.UR, StoreResult.retrieveUrl(serviceUrl, match.getString(Tag.SOPInstanceUID)));
                return match;
            } catch (HpFailure e) {
                // the response has begun: it is broken off, so that nobody takes it for complete
                throw new IOException(e.comment(), e);
            }
        }

        /** An object that cannot be read has no name, so it comes before most others, and the warning is in time. */
        private Attributes end() throws IOException {
            if (!warned && find != null && find.isIncomplete())
                throw new IOException("An object that matches cannot be read, and the response has begun");
            return null;
        }

        @Override
        public void close() {
            if (find != null)
                find.close();
        }
    }
}

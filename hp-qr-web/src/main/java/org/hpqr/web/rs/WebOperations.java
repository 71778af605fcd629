package org.hpqr.web.rs;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.hpqr.access.Permissions;
import org.hpqr.catalogue.Proof;
import org.hpqr.database.ContentVersion;
import org.hpqr.database.DatabaseException;
import org.hpqr.database.ObjectHistory;
import org.hpqr.database.StoredInstance;
import org.hpqr.dataset.StoredObject;
import org.hpqr.query.FindIdentifier;
import org.hpqr.service.Admission;
import org.hpqr.service.Ancestry;
import org.hpqr.service.Change;
import org.hpqr.service.Explain.Explanation;
import org.hpqr.service.Find;
import org.hpqr.service.HangingProtocolService;
import org.hpqr.service.Query;
import org.hpqr.service.RequestMemory;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.Settings;
import org.hpqr.spi.WebAudit;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpService;
import org.hpqr.status.HpStatus;
import org.hpqr.store.Outcome;
import org.hpqr.store.ReceivedObject;

/** The operations of the plugin, as the resources call them: with a limit to how many there are at a time, and audited. */
@Dependent
class WebOperations {

    @Inject
    private HangingProtocolService service;

    @Inject
    private Settings settings;

    @Inject
    private Admission admission;

    @Inject
    private WebAudit audit;

    @Inject
    private RequestMemory memory;

    /** What a search does next. */
    private interface Step<R> {
        R run() throws HpFailure;
    }

    /**
     * A search under way; to be closed, once or more often.
     *
     * @param <T> a result
     */
    final class Search<T> implements AutoCloseable {

        // now, as Jakarta REST has forgotten the request when the filter closes this
        private final WebAudit.Requestor requestor;
        private final String queryComponent;
        private final Query<T> query;
        private HpStatus outcome = HpStatus.SUCCESS;
        private long results;
        private boolean ended;
        private boolean closed;

        private Search(Query<T> query, ServiceRequest request) {
            requestor = request.requestor();
            queryComponent = request.http().getQueryString();
            this.query = query;
        }

        /**
         * The next result; {@code null} at the end.
         *
         * @throws HpFailure as {@link Query#next()}
         */
        T next() throws HpFailure {
            T result = ended ? null : orEnd(query::next);
            ended = result == null;
            results += ended ? 0 : 1;
            return result;
        }

        /**
         * Passes over results, which takes less than to read them.
         *
         * @return how many there were
         * @throws HpFailure as {@link Query#skip}
         */
        long skip(long max) throws HpFailure {
            long skipped = 0;
            while (!ended && skipped < max) {
                long rest = max - skipped;
                Long passed = orEnd(() -> query.skip(rest));
                ended = passed == null || passed == 0;
                skipped += ended ? 0 : passed;
            }
            results += skipped;
            return skipped;
        }

        /** {@code null} if only an object that cannot be read was left out. */
        private <R> R orEnd(Step<R> step) throws HpFailure {
            try {
                return step.run();
            } catch (HpFailure e) {
                ended = true;
                outcome = e.status();
                if (!query.isLeftOut(e))
                    throw e;
                return null;
            }
        }

        /** An object that may match cannot be read, and was left out so far; the log names it. */
        boolean isIncomplete() {
            return query.isIncomplete();
        }

        @Override
        public void close() {
            if (closed)
                return;
            closed = true;
            query.cancel();
            admission.leave(requestor.calledAET(), HpService.FIND);
            audit.queried(requestor, queryComponent, results, outcome);
        }
    }

    /**
     * Begins a search.
     *
     * @param retired of the retired instances, and no others
     * @throws HpFailure A700: too many are under way
     */
    Search<Attributes> find(FindIdentifier identifier, ServiceRequest request, boolean retired) throws HpFailure {
        enter(request);
        return new Search<>(begin(identifier, request, retired), request);
    }

    /**
     * Begins to explain the answer to a query.
     *
     * @throws HpFailure A700: too many are under way
     */
    Search<Explanation> explain(FindIdentifier identifier, ServiceRequest request) throws HpFailure {
        enter(request);
        return new Search<>(service.explain(identifier, request.caller()), request);
    }

    /**
     * Begins to read the attributes of all stored instances that a search may return.
     *
     * @throws HpFailure A700: too many searches are under way
     */
    Search<Attributes> all(ServiceRequest request) throws HpFailure {
        enter(request);
        return new Search<>(service.all(request.caller()), request);
    }

    /**
     * Counts matches.
     *
     * @throws HpFailure as {@link Find#next()}; A700: too many searches are under way
     */
    long count(FindIdentifier identifier, ServiceRequest request, boolean retired) throws HpFailure {
        enter(request);
        try {
            return count(begin(identifier, request, retired));
        } finally {
            admission.leave(request.calledAET(), HpService.FIND);
        }
    }

    private Find begin(FindIdentifier identifier, ServiceRequest request, boolean retired) {
        return retired ? service.findRetired(identifier, request.caller())
                : service.find(identifier, request.caller(), proof());
    }

    private Proof proof() {
        return EarlyProof.take().orElseGet(service::prove);
    }

    private static long count(Find find) throws HpFailure {
        try {
            return find.skip(Long.MAX_VALUE);
        } catch (HpFailure e) {
            // there is no other match
            if (!find.isLeftOut(e))
                throw e;
            return 0;
        }
    }

    private void enter(ServiceRequest request) throws HpFailure {
        if (!admission.enter(request.calledAET(), HpService.FIND, settings.get(HpSettings.MAX_CONCURRENT_FINDS, request.calledAET())))
            throw new HpFailure(HpStatus.OUT_OF_RESOURCES, "Too many searches under way");
    }

    /**
     * Looks an instance up that is stored and not retired.
     *
     * @throws HpFailure the database is not available
     */
    Optional<StoredInstance> locate(String sopInstanceUid, ServiceRequest request) throws HpFailure {
        return service.lookup(request.caller(), proof()).find(List.of(sopInstanceUid)).flatMap(found -> found.stream().findFirst());
    }

    /** What the sender of a request may do. */
    Permissions permissions(ServiceRequest request) {
        return service.permissions(request.caller());
    }

    /**
     * Reads an instance.
     *
     * @throws HpFailure the database is not available, the bytes cannot be read, or no memory is free for them
     */
    StoredObject read(StoredInstance instance, ServiceRequest request) throws HpFailure {
        return read(instance.sopInstanceUid(), instance.objectSize(), () -> service.read(instance, request.caller()), request);
    }

    /**
     * The data set of an object.
     *
     * @throws HpFailure it cannot be decoded
     */
    static Attributes decoded(StoredObject object) throws HpFailure {
        try {
            return object.decoded();
        } catch (IOException e) {
            throw new HpFailure(HpStatus.GET_FAILED, "The stored object cannot be decoded", e);
        }
    }

    /** Something that is read from the storage. */
    private interface Reading {
        StoredObject read() throws IOException;
    }

    private StoredObject read(String sopInstanceUid, long size, Reading reading, ServiceRequest request) throws HpFailure {
        HpStatus outcome = HpStatus.OUT_OF_RESOURCES;
        try {
            ReadMemory.take(request.http(), size);
            StoredObject object = reading.read();
            outcome = HpStatus.SUCCESS;
            return object;
        } catch (DatabaseException e) {
            throw new HpFailure(outcome, "The database is not available", e);
        } catch (IOException e) {
            outcome = HpStatus.GET_FAILED;
            throw new HpFailure(outcome, "The stored object cannot be read", e);
        } finally {
            audit.retrieved(request.requestor(), sopInstanceUid, outcome);
        }
    }

    /**
     * Looks an instance up, as it is or as it was.
     *
     * @param replaced number of a replaced content; {@code null}: the one that is stored, and not retired
     * @throws WebFailure 404: there is none
     * @throws HpFailure  the database is not available
     */
    Representation representation(String sopInstanceUid, Long replaced, ServiceRequest request) throws WebFailure, HpFailure {
        if (replaced != null) {
            ContentVersion content = history(sopInstanceUid, request).content(replaced).orElseThrow(WebFailure::noSuchContent);
            return new Representation(content.contentDigest(), () -> read(sopInstanceUid, content.size(), () -> service.read(content), request));
        }
        StoredInstance instance = locate(sopInstanceUid, request).orElseThrow(WebFailure::noSuchProtocol);
        return new Representation(instance.contentDigest(), () -> read(instance, request));
    }

    /**
     * The history of an instance that is stored or retired.
     *
     * @throws WebFailure 404: there is none
     * @throws HpFailure  the database is not available
     */
    ObjectHistory history(String sopInstanceUid, ServiceRequest request) throws WebFailure, HpFailure {
        return service.history(sopInstanceUid, request.caller()).orElseThrow(WebFailure::noSuchProtocol);
    }

    /**
     * The digest of the content that a change is meant for.
     *
     * @param tags those that the client names; none for any content
     * @return of several tags the one of the content that is there now; {@code null} for any content
     * @throws WebFailure 412: it is none of them
     * @throws HpFailure  the database is not available
     */
    String meant(List<String> tags, String sopInstanceUid, ServiceRequest request) throws WebFailure, HpFailure {
        if (tags.size() <= 1)
            // the change itself compares it
            return tags.isEmpty() ? null : tags.get(0);
        return service.history(sopInstanceUid, request.caller()).map(ObjectHistory::digest).filter(tags::contains)
                .orElseThrow(WebFailure::conflict);
    }

    /**
     * What an instance was made from, and what was made from it.
     *
     * @throws HpFailure as {@link Find#next()}; A700: too many searches are under way
     */
    Ancestry ancestry(String sopInstanceUid, ServiceRequest request) throws HpFailure {
        enter(request);
        try {
            return Ancestry.of(sopInstanceUid, service, request.caller());
        } finally {
            admission.leave(request.calledAET(), HpService.FIND);
        }
    }

    /**
     * Stores an instance.
     *
     * @return {@link Outcome#CONFLICT}: it is not stored, as what is there is not what it was to replace
     * @throws HpFailure it is not stored
     */
    Outcome store(ReceivedObject object, ServiceRequest request) throws HpFailure {
        boolean replaced = false;
        HpStatus status = HpStatus.SUCCESS;
        try {
            Outcome outcome = service.store(object, request.caller());
            replaced = outcome == Outcome.REPLACED;
            if (outcome == Outcome.CONFLICT)
                status = HpStatus.DOES_NOT_MATCH_SOP_CLASS;
            return outcome;
        } catch (HpFailure e) {
            status = e.status();
            throw e;
        } finally {
            audit.stored(request.requestor(), object.affectedSopInstanceUid(), replaced, status);
        }
    }

    /**
     * Stores a content of the history again.
     *
     * @param contentDigest of the object that the client knows; {@code null} for any
     * @throws HpFailure the database is not available, the content cannot be read, or no memory is free for it
     */
    Change undo(String uid, long number, String contentDigest, ServiceRequest request) throws HpFailure {
        HpStatus status = HpStatus.DOES_NOT_MATCH_SOP_CLASS;
        boolean done = false;
        RequestMemory.Share share = memory.share();
        try {
            long size = service.history(uid, request.caller()).flatMap(history -> history.content(number)).map(ContentVersion::size).orElse(0L);
            if (!share.take(Math.toIntExact(size), RequestMemory.TEXT))
                throw new HpFailure(HpStatus.OUT_OF_RESOURCES, "No memory is free for the content");
            Change change = service.undo(uid, number, contentDigest, request.caller());
            done = change == Change.DONE;
            status = done ? HpStatus.SUCCESS : status;
            return change;
        } catch (HpFailure e) {
            status = e.status();
            throw e;
        } finally {
            share.giveBack();
            audit.stored(request.requestor(), uid, done, status);
        }
    }

    /**
     * Retires, restores or deletes an instance.
     *
     * @param contentDigest of the object that the client knows; {@code null} for any
     * @throws HpFailure the database is not available
     */
    Change change(WebAudit.Change change, String uid, String contentDigest, ServiceRequest request) throws HpFailure {
        HpStatus outcome = HpStatus.OUT_OF_RESOURCES;
        try {
            Change changed = switch (change) {
                case RETIRED -> service.retire(uid, contentDigest, request.caller());
                case RESTORED -> service.restore(uid, contentDigest, request.caller());
                case DELETED -> service.delete(uid, contentDigest, request.caller());
            };
            outcome = switch (changed) {
                case DONE -> HpStatus.SUCCESS;
                case NOT_PERMITTED -> HpStatus.NOT_AUTHORIZED;
                default -> HpStatus.DOES_NOT_MATCH_SOP_CLASS;
            };
            return changed;
        } finally {
            audit.changed(request.requestor(), change, uid, outcome);
        }
    }
}

package org.hpqr.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.dcm4che3.data.Attributes;
import org.hpqr.access.AccessRules;
import org.hpqr.access.Permissions;
import org.hpqr.catalogue.CandidateFilter;
import org.hpqr.catalogue.Catalogue;
import org.hpqr.catalogue.CatalogueEntry;
import org.hpqr.catalogue.Proof;
import org.hpqr.database.CommitSync;
import org.hpqr.database.ContentVersion;
import org.hpqr.database.DatabaseException;
import org.hpqr.database.HangingProtocolRepository;
import org.hpqr.database.History;
import org.hpqr.database.HistoryEntry;
import org.hpqr.database.ObjectHistory;
import org.hpqr.database.ObjectReader;
import org.hpqr.database.ObjectState;
import org.hpqr.database.StoredInstance;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.dataset.StoredObject;
import org.hpqr.query.FindIdentifier;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.ObjectLocation;
import org.hpqr.spi.Settings;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;
import org.hpqr.store.HangingProtocolReceiver;
import org.hpqr.store.Outcome;
import org.hpqr.store.ReceivedObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operations on hanging protocols. What its caller may not see does not exist in any of them ({@link Permissions}). Whatever an operation has acknowledged, on whatever server of the database, is seen
 * by every operation that begins afterwards.
 */
@ApplicationScoped
public class HangingProtocolService {

    private static final Logger LOG = LoggerFactory.getLogger(HangingProtocolService.class);

    private Catalogue catalogue;
    private HangingProtocolRepository repository;
    private HangingProtocolReceiver receiver;
    private ObjectReader reader;
    private History history;
    private CommitSync commits;
    private Settings settings;
    private AccessRules access;

    /** For the container. */
    public HangingProtocolService() {
    }

    @Inject
    public HangingProtocolService(Catalogue catalogue, HangingProtocolRepository repository, HangingProtocolReceiver receiver,
                                  ObjectReader reader, History history, CommitSync commits, Settings settings, AccessRules access) {
        this.catalogue = catalogue;
        this.repository = repository;
        this.receiver = receiver;
        this.reader = reader;
        this.history = history;
        this.commits = commits;
        this.settings = settings;
        this.access = access;
    }

    /** Asks for the proof that an operation needs; does not wait for it. */
    public Proof prove() {
        return catalogue.prove();
    }

    /** Begins a query (PS3.4 K.4.1); does not wait for anything. It may take {@link HpSettings#FIND_TIMEOUT}. */
    public Find find(FindIdentifier identifier, Caller caller) {
        return find(identifier, caller, prove());
    }

    /**
     * As {@link #find(FindIdentifier, Caller)}.
     *
     * @param proof that was asked for when the request had come, and for this operation only
     */
    public Find find(FindIdentifier identifier, Caller caller, Proof proof) {
        return new Find(candidates(catalogued -> catalogued.candidates(identifier.filter()), caller, proof), identifier, caller);
    }

    /** As {@link #find}, but of the objects that are retired. */
    public Find findRetired(FindIdentifier identifier, Caller caller) {
        return new Find(candidates(Catalogue::retired, caller, prove()), identifier, caller);
    }

    /** As {@link #find}, but the results say of every stored object whether it matches, and why not. */
    public Explain explain(FindIdentifier identifier, Caller caller) {
        return new Explain(allCandidates(caller), identifier);
    }

    /** As {@link #find}, but of every stored object: its attributes that a C-FIND may return, only to be read. */
    public Query<Attributes> all(Caller caller) {
        return allCandidates(caller);
    }

    private Candidates allCandidates(Caller caller) {
        return candidates(catalogued -> catalogued.candidates(CandidateFilter.ALL), caller, prove());
    }

    private Candidates candidates(Function<Catalogue, Iterable<CatalogueEntry>> which, Caller caller, Proof proof) {
        return new Candidates(catalogue, which, caller, permissions(caller), deadline(caller), proof);
    }

    /** Begins to look objects up by their UIDs; does not wait for anything. It may take {@link HpSettings#FIND_TIMEOUT}. */
    public Lookup lookup(Caller caller) {
        return lookup(caller, prove());
    }

    /**
     * As {@link #lookup(Caller)}.
     *
     * @param proof as for a {@link #find(FindIdentifier, Caller, Proof) find}
     */
    public Lookup lookup(Caller caller, Proof proof) {
        return new CatalogueLookup(catalogue, permissions(caller), deadline(caller), proof);
    }

    /** What a caller may do. */
    public Permissions permissions(Caller caller) {
        return access.of(caller.calledAET(), caller.user());
    }

    private Deadline deadline(Caller caller) {
        return new Deadline(settings.get(HpSettings.FIND_TIMEOUT, caller.calledAET()));
    }

    /**
     * Reads an object, and proves that it is what was stored. If it was replaced meanwhile, those of the object
     * that took its place.
     *
     * @throws IOException       the bytes are missing, cannot be read, or are not those that were stored; or the object is one now
     *                           that the caller may not see
     * @throws DatabaseException the database refused or failed
     */
    public StoredObject read(StoredInstance instance, Caller caller) throws IOException {
        StoredObject object = catalogue.object(instance, reader);
        Permissions permissions = permissions(caller);
        if (!permissions.areUnlimited() && !permissions.allowReading(dataset(object)))
            throw new NoSuchFileException(instance.sopInstanceUid());
        return object;
    }

    /**
     * Prepares for {@link #read} to be called for these objects, which saves exchanges with the database. What cannot be read, that
     * call tells.
     */
    public void readAhead(List<StoredInstance> instances) {
        try {
            catalogue.readAhead(instances, reader);
        } catch (DatabaseException e) {
            LOG.debug("Each object is asked for by itself", e);
        }
    }

    private static Attributes dataset(StoredObject object) throws IOException {
        return DatasetCodec.decode(object.dataset(), object.transferSyntax());
    }

    /**
     * Stores an object (PS3.4 GG.4). When this returns, it is durable.
     *
     * @return what was done with it
     * @throws HpFailure 0117, 0124, A700, A900 or C000; nothing of the object is kept
     */
    public Outcome store(ReceivedObject received, Caller caller) throws HpFailure {
        return receiver.receive(received, permissions(caller));
    }

    /**
     * Retires an object: no find matches it and no retrieve sends it, and all of it is kept.
     *
     * @param contentDigest of the object that is meant, see {@link StoredInstance}; {@code null}: whatever it is
     * @throws HpFailure A700: the database is not available, or no memory is free to see who may change the object
     */
    public Change retire(String sopInstanceUid, String contentDigest, Caller caller) throws HpFailure {
        return change(sopInstanceUid, contentDigest, ObjectState.RETIRED, caller);
    }

    /** Undoes {@link #retire}. Parameters and errors are the same. */
    public Change restore(String sopInstanceUid, String contentDigest, Caller caller) throws HpFailure {
        return change(sopInstanceUid, contentDigest, ObjectState.STORED, caller);
    }

    /** Removes a retired object for good, its bytes and its history included. Parameters and errors are those of {@link #retire}. */
    public Change delete(String sopInstanceUid, String contentDigest, Caller caller) throws HpFailure {
        return change(sopInstanceUid, contentDigest, ObjectState.REMOVED, caller);
    }

    private Change change(String sopInstanceUid, String contentDigest, ObjectState state, Caller caller) throws HpFailure {
        Permissions permissions = permissions(caller);
        int kept = settings.get(HpSettings.HISTORY_SIZE, caller.calledAET());
        try {
            while (true) {
                StoredInstance found = repository.find(sopInstanceUid);
                if (found == null || found.state() == ObjectState.REMOVED)
                    return Change.NOT_FOUND;
                Change refusal = refusal(found, permissions);
                if (refusal != null)
                    return refusal;
                if (contentDigest != null && !contentDigest.equals(found.contentDigest()))
                    return Change.CONFLICT;
                if (state == ObjectState.REMOVED && found.state() != ObjectState.RETIRED)
                    return Change.NOT_RETIRED;
                Optional<List<ObjectLocation>> obsolete = found.state() == state ? Optional.of(List.of())
                        : repository.changeState(found, state, caller.changedBy(), kept);
                if (obsolete.isEmpty())
                    continue;
                // also what another server has changed may not be durable yet
                commits.sync();
                receiver.discard(obsolete.get());
                return Change.DONE;
            }
        } catch (DatabaseException | SQLException e) {
            throw databaseIsAway(e);
        }
    }

    /** Why an object is not changed; {@code null} if it may be. */
    private Change refusal(StoredInstance found, Permissions permissions) throws HpFailure {
        if (permissions.areUnlimited())
            return null;
        try {
            return decide(found.objectSize(), () -> reader.read(found), protocol -> permissions.allowWriting(protocol) ? null
                    : permissions.allowReading(protocol) ? Change.NOT_PERMITTED : Change.NOT_FOUND);
        } catch (IOException e) {
            // it does not say any more for whom it is, so it is for those who may see everything
            return Change.NOT_FOUND;
        }
    }

    /** Something that is read from the storage. */
    private interface Reading {
        StoredObject read() throws IOException, HpFailure;
    }

    /**
     * Reads an object only to see who may do something with it, as soon as there is memory for it.
     *
     * @throws HpFailure A700: no memory is free for it
     */
    private static <T> T decide(long size, Reading reading, Function<Attributes, T> decision) throws IOException, HpFailure {
        SendMemory.Room room = SendMemory.OF_WEB.takeForRequest(size);
        try {
            return decision.apply(dataset(reading.read()));
        } finally {
            room.close();
        }
    }

    /**
     * What became of an object that is stored or retired, as far as it is kept.
     *
     * @return empty if there is none
     * @throws HpFailure A700: the database is not available, or no memory is free to see who may see it
     */
    public Optional<ObjectHistory> history(String sopInstanceUid, Caller caller) throws HpFailure {
        try {
            Optional<ObjectHistory> found = history.of(sopInstanceUid);
            Permissions permissions = permissions(caller);
            return permissions.areUnlimited() || found.isEmpty() ? found : visible(found.get(), permissions);
        } catch (DatabaseException e) {
            throw databaseIsAway(e);
        }
    }

    /** What somebody may know of a history: nothing if the object is not to be seen, and no content that is not. */
    private Optional<ObjectHistory> visible(ObjectHistory known, Permissions permissions) throws HpFailure {
        if (!isVisible(known.content(known.current()), permissions))
            return Optional.empty();
        List<HistoryEntry> entries = new ArrayList<>();
        for (HistoryEntry entry : known.entries())
            if (entry.content() == null || isVisible(Optional.of(entry.content()), permissions))
                entries.add(entry);
        return Optional.of(new ObjectHistory(known.state(), known.current(), known.digest(), entries));
    }

    private boolean isVisible(Optional<ContentVersion> content, Permissions permissions) throws HpFailure {
        try {
            return content.isPresent() && decide(content.get().size(), () -> reader.read(content.get()), permissions::allowReading);
        } catch (IOException e) {
            // it does not say any more for whom it is, so it is for those who may see everything
            return false;
        }
    }

    /**
     * Reads a content of a {@link #history} that the caller may see.
     *
     * @throws IOException       as {@link #read(StoredInstance)}; also: it is not kept any more
     * @throws DatabaseException the database refused or failed
     */
    public StoredObject read(ContentVersion content) throws IOException {
        return reader.read(content);
    }

    /**
     * Stores a content again that the object had before it was replaced. What is stored now is kept in its place, so this can be
     * undone, too. A retired object is restored by it.
     *
     * @param number        of the content
     * @param contentDigest of the object as it is now, see {@link StoredInstance}; {@code null}: whatever it is
     * @return {@link Change#NOT_FOUND} if there is no such object, or the content is not kept; {@link Change#NOT_PERMITTED} if the
     *         caller may not change both, the object as it is and as it was
     * @throws HpFailure A700: the database or the storage is not available; C000: the content is damaged
     */
    public Change undo(String sopInstanceUid, long number, String contentDigest, Caller caller) throws HpFailure {
        Permissions permissions = permissions(caller);
        while (true) {
            Optional<ObjectHistory> found = history(sopInstanceUid, caller);
            Optional<ContentVersion> content = found.flatMap(kept -> kept.content(number));
            if (content.isEmpty())
                return Change.NOT_FOUND;
            // what is deleted meanwhile is not to come back
            String replaces = contentDigest == null ? found.get().digest() : contentDigest;
            StoredObject object = readKept(content.get());
            if (!mayChange(found.get().content(found.get().current()), permissions) || !mayChange(content, permissions))
                return Change.NOT_PERMITTED;
            Outcome outcome = receiver.putBack(object, sopInstanceUid, replaces, caller.calledAET(), caller.changedBy());
            if (outcome != Outcome.CONFLICT)
                return Change.DONE;
            if (contentDigest != null)
                return Change.CONFLICT;
        }
    }

    private boolean mayChange(Optional<ContentVersion> content, Permissions permissions) throws HpFailure {
        try {
            return permissions.areUnlimited()
                    || decide(content.orElseThrow().size(), () -> readKept(content.orElseThrow()), permissions::allowWriting);
        } catch (IOException e) {
            return false;
        }
    }

    private StoredObject readKept(ContentVersion content) throws HpFailure {
        try {
            return reader.read(content);
        } catch (NoSuchFileException e) {
            throw new HpFailure(HpStatus.CANNOT_UNDERSTAND, "The content no longer exists", e);
        } catch (IOException e) {
            throw new HpFailure(HpStatus.CANNOT_UNDERSTAND, "The content cannot be read", e);
        } catch (DatabaseException e) {
            throw databaseIsAway(e);
        }
    }

    private static HpFailure databaseIsAway(Exception e) {
        return new HpFailure(HpStatus.OUT_OF_RESOURCES, "The database is not available", e);
    }
}

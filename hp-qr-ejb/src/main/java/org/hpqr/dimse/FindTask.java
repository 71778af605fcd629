package org.hpqr.dimse;

import java.io.IOException;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.service.QueryTask;
import org.hpqr.dataset.EncodedDataset;
import org.hpqr.query.FindIdentifier;
import org.hpqr.service.Find;
import org.hpqr.service.HangingProtocolService;
import org.hpqr.spi.HpSettings;
import org.hpqr.spi.Settings;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;

/**
 * Runs one C-FIND: each match is answered at once, so that the memory it needs does not grow with their number. An object that
 * cannot be answered does not keep the others from it, but the final status then says that the answer is not complete.
 */
final class FindTask implements QueryTask {

    private static final Attributes NO_FIELDS = new Attributes(0);

    private final Operation operation;
    private final FindIdentifier identifier;
    private final HangingProtocolService service;
    private final Settings settings;

    private int matches;
    private volatile boolean stopped;
    private volatile Find open;

    FindTask(Operation operation, FindIdentifier identifier, HangingProtocolService service, Settings settings) {
        this.operation = operation;
        this.identifier = identifier;
        this.service = service;
        this.settings = settings;
    }

    Operation operation() {
        return operation;
    }

    /** How many matches were returned so far. */
    int matches() {
        return matches;
    }

    /**
     * Begins the query. To be called once it is certain that the task will run: the database is asked already while another
     * thread takes the task over.
     */
    void begin() {
        if (!identifier.hasNoKeys())
            open = service.find(identifier, operation.caller());
    }

    /** Whether the thread of the association may run it, which spares waking another one: nobody could cancel it in time. */
    boolean isSmall() {
        return open == null || open.isSmall();
    }

    @Override
    public void onCancelRQ(Association as) {
        stop();
    }

    /** Stops between two matches, and while the query waits for the database; may be called by any thread, and again. */
    void stop() {
        stopped = true;
        Find working = open;
        if (working != null)
            working.cancel();
    }

    @Override
    public void run() {
        try {
            operation.end(find(), NO_FIELDS, null, matches + " matches");
        } catch (IOException e) {
            // the association is lost: nobody to answer, but the operation has to end
            operation.end(HpStatus.CANCEL, NO_FIELDS, null, matches + " matches");
        } catch (HpFailure failure) {
            operation.fail(failure);
        } catch (RuntimeException e) {
            operation.fail(new HpFailure(HpStatus.FIND_FAILED, "The query failed", e));
        }
    }

    private HpStatus find() throws HpFailure, IOException {
        if (identifier.hasNoKeys())
            return HpStatus.SUCCESS;
        HpStatus pending = identifier.hasUnsupportedKeys() ? HpStatus.PENDING_WARNING : HpStatus.PENDING;
        int maxMatches = settings.get(HpSettings.MAX_MATCHES, operation.calledAET());
        Find query = open;
        while (!stopped) {
            Attributes match = query.next();
            if (match == null)
                return stopped ? HpStatus.CANCEL : HpStatus.SUCCESS;
            Optional<Attributes> response = encoded(match, query);
            if (response.isEmpty())
                continue;
            if (matches == maxMatches)
                throw new HpFailure(HpStatus.OUT_OF_RESOURCES, "There are more than " + maxMatches + " matches");
            operation.pending(pending, NO_FIELDS, response.get());
            matches++;
        }
        return HpStatus.CANCEL;
    }

    private Optional<Attributes> encoded(Attributes match, Find query) {
        try {
            return Optional.of(EncodedDataset.of(match, operation.context().getTransferSyntax()));
        } catch (IOException | RuntimeException e) {
            query.leaveOut(new HpFailure(HpStatus.FIND_RESPONSE_NOT_ENCODABLE, "A response cannot be encoded"), e);
            return Optional.empty();
        }
    }
}

package org.hpqr.service;

import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.hpqr.catalogue.Proof;
import org.hpqr.query.FindIdentifier;
import org.hpqr.status.HpFailure;

/** A C-FIND (PS3.4 K.4.1): its matches as response identifiers. */
public final class Find implements Query<Attributes> {

    private final Candidates candidates;
    private final FindIdentifier identifier;
    private final Caller caller;

    Find(Candidates candidates, FindIdentifier identifier, Caller caller) {
        this.candidates = candidates;
        this.identifier = identifier;
        this.caller = caller;
    }

    /** Waits for a moment: {@code true} if what is left then is to look at a few objects in memory. */
    public boolean isSmall() {
        return candidates.areFewWithin(Proof.MOMENT_MILLIS);
    }

    @Override
    public Attributes next() throws HpFailure {
        for (Attributes stored = candidates.next(); stored != null; stored = candidates.next()) {
            Optional<Attributes> response = identifier.respond(stored, caller.calledAET());
            if (response.isPresent())
                return response.get();
        }
        return null;
    }

    @Override
    public boolean pass() throws HpFailure {
        if (identifier.matchesEverything())
            return candidates.pass();
        Attributes stored = candidates.next();
        while (stored != null && !identifier.matches(stored))
            stored = candidates.next();
        return stored != null;
    }

    /** The match that was returned last cannot be handed on. */
    public void leaveOut(HpFailure failure, Exception cause) {
        candidates.leaveOut(failure, cause);
    }

    @Override
    public boolean isLeftOut(HpFailure failure) {
        return candidates.isLeftOut(failure);
    }

    @Override
    public boolean isIncomplete() {
        return candidates.isIncomplete();
    }

    @Override
    public void cancel() {
        candidates.cancel();
    }
}

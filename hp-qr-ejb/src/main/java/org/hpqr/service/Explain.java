package org.hpqr.service;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.hpqr.information.HangingProtocolModel;
import org.hpqr.information.ModelAttribute;
import org.hpqr.information.Values;
import org.hpqr.query.FindIdentifier;
import org.hpqr.query.Mismatch;
import org.hpqr.status.HpFailure;

/** Why each protocol is among the answers of a C-FIND, or not: by the matcher of the C-FIND. */
public final class Explain implements Query<Explain.Explanation> {

    private static final ModelAttribute NAME = row(Tag.HangingProtocolName);
    private static final ModelAttribute LEVEL = row(Tag.HangingProtocolLevel);

    private final Candidates candidates;
    private final FindIdentifier identifier;

    /**
     * About one protocol.
     *
     * @param name     Hanging Protocol Name (0072,0002); {@code null} if it has none
     * @param level    Hanging Protocol Level (0072,0006); {@code null} if it has none
     * @param mismatch why it does not match; {@code null} if it matches
     */
    public record Explanation(String sopInstanceUid, String name, String level, Mismatch mismatch) {

        public boolean matches() {
            return mismatch == null;
        }

        /** The answer in one plain sentence. */
        public String sentence() {
            return matches() ? "The protocol matches every key of the query." : mismatch.sentence();
        }
    }

    /** @param candidates all protocols */
    Explain(Candidates candidates, FindIdentifier identifier) {
        this.candidates = candidates;
        this.identifier = identifier;
    }

    @Override
    public Explanation next() throws HpFailure {
        Attributes stored = candidates.next();
        return stored == null ? null : new Explanation(candidates.sopInstanceUid(), text(stored, NAME),
                text(stored, LEVEL), identifier.mismatch(stored).orElse(null));
    }

    private static ModelAttribute row(int tag) {
        return HangingProtocolModel.ATTRIBUTES.stream().filter(attribute -> attribute.tag() == tag).findFirst().orElseThrow();
    }

    private static String text(Attributes stored, ModelAttribute attribute) {
        return Values.texts(stored, attribute).stream().findFirst().orElse(null);
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

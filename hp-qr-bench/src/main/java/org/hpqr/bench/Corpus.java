package org.hpqr.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.dcm4che3.data.Attributes;
import org.hpqr.testkit.samples.RandomProtocols;

/** The generated protocols: the first N of one sequence, so that a server that is filled with few can be filled up. */
final class Corpus {

    private static final long SEED = 20_261_125;
    /** Of a large site (500 readers), so that one reader's protocols stay few however many there are. */
    private static final int USERS = 500;

    private final RandomProtocols protocols = new RandomProtocols(SEED, USERS);
    private final List<Facts> facts = new ArrayList<>();

    /** Makes protocols until there are {@code objects}; hands those after the first {@code before} to {@code added}. */
    void grow(int objects, int before, Consumer<Attributes> added) {
        while (facts.size() < objects) {
            Attributes protocol = protocols.next();
            boolean isNew = facts.size() >= before;
            facts.add(Facts.of(protocol));
            if (isNew)
                added.accept(protocol);
        }
    }

    /** What was made, in its order. */
    List<Facts> facts() {
        return Collections.unmodifiableList(facts);
    }

    List<String> uids() {
        return facts.stream().map(Facts::uid).toList();
    }

    /** Protocols that are not among those made: to be stored. */
    static List<Attributes> others(int count) {
        return new RandomProtocols(new Random(SEED).nextLong(), USERS).next(count);
    }
}

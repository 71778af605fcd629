package org.hpqr.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.hpqr.information.StoredAttributes;
import org.hpqr.query.FindIdentifier;
import org.hpqr.spi.HpSettings.UnknownValues;
import org.hpqr.status.HpFailure;
import org.hpqr.testkit.samples.RandomProtocols;

/**
 * {@code bench.sh explain}: what matching a C-FIND against 10,000 protocols costs, and what explaining it costs. In processor time, so
 * that it may be measured beside other work. With the argument {@code find}, the former alone, which also runs with the classes of
 * versions that explain nothing. Needs no server.
 */
public final class ExplainBench {

    private static final int PROTOCOLS = 10_000;
    private static final int WARM_UP = 40;
    private static final int ROUNDS = 60;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final List<Attributes> protocols = new RandomProtocols(1).next(PROTOCOLS).stream().map(ExplainBench::stored).toList();

    private ExplainBench() {
    }

    /** @param args {@code explain}, or {@code find} */
    public static void main(String[] args) throws HpFailure {
        new ExplainBench().run(args.length > 0 && args[0].equals("find"));
    }

    private void run(boolean findOnly) throws HpFailure {
        FindIdentifier identifier = FindIdentifier.of(keys(), UnknownValues.STRICT, Integer.MAX_VALUE);
        System.out.printf(Locale.ROOT, "%d protocols, %d match%n", PROTOCOLS, count(protocol -> find(identifier, protocol)));
        System.out.printf(Locale.ROOT, "find    %.3f us a protocol%n", median(protocol -> find(identifier, protocol)));
        if (!findOnly)
            System.out.printf(Locale.ROOT, "explain %.3f us a protocol%n", median(protocol -> Explaining.explain(identifier, protocol)));
    }

    /** A viewer's usual query: which protocols are there for this study, and all that Table U.6-1 returns. */
    private static Attributes keys() {
        Attributes keys = new Attributes();
        for (int tag : new int[] {Tag.HangingProtocolName, Tag.HangingProtocolDescription})
            keys.setNull(tag, VR.LO);
        keys.setNull(Tag.HangingProtocolLevel, VR.CS);
        Attributes definition = new Attributes();
        definition.setString(Tag.Modality, VR.CS, "CT");
        Attributes region = new Attributes();
        region.setString(Tag.CodeValue, VR.SH, "51185008");
        region.setString(Tag.CodingSchemeDesignator, VR.SH, "SCT");
        definition.newSequence(Tag.AnatomicRegionSequence, 1).add(region);
        keys.newSequence(Tag.HangingProtocolDefinitionSequence, 1).add(definition);
        return keys;
    }

    private static int find(FindIdentifier identifier, Attributes protocol) {
        try {
            return identifier.respond(protocol, "HPQR").isPresent() ? 1 : 0;
        } catch (HpFailure e) {
            throw new IllegalStateException(e);
        }
    }

    /** By itself, so that an older version is not asked for it. */
    private static final class Explaining {

        private static int explain(FindIdentifier identifier, Attributes protocol) {
            return identifier.mismatch(protocol).isPresent() ? 1 : 0;
        }
    }

    private int count(ToIntFunction<Attributes> work) {
        return protocols.stream().mapToInt(work).sum();
    }

    /** Processor time for one protocol, in microseconds. */
    private double median(ToIntFunction<Attributes> work) {
        double[] times = new double[ROUNDS];
        int sum = 0;
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            long begin = THREADS.getCurrentThreadCpuTime();
            for (Attributes protocol : protocols)
                sum += work.applyAsInt(protocol);
            if (i >= 0)
                times[i] = (THREADS.getCurrentThreadCpuTime() - begin) / NANOS_PER_MICRO / PROTOCOLS;
        }
        if (sum == 0)
            throw new IllegalStateException("nothing was found or explained, so nothing is measured");
        Arrays.sort(times);
        return times[ROUNDS / 2];
    }

    private static Attributes stored(Attributes protocol) {
        try {
            return StoredAttributes.decode(StoredAttributes.encode(protocol));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.hpqr.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.selection.Candidate;
import org.hpqr.selection.Display;
import org.hpqr.selection.Display.Screen;
import org.hpqr.selection.HangingProtocolSelection;
import org.hpqr.selection.Layout;
import org.hpqr.selection.Selection;
import org.hpqr.selection.Study;
import org.hpqr.testkit.samples.RandomProtocols;

/**
 * {@code bench.sh selection}: which of 10,000 protocols apply to a study of 20 series with 10 prior studies, and what the first of
 * them shows; beside it, what it costs to decode the protocols. Needs no server.
 */
public final class SelectionBench {

    private static final int PROTOCOLS = 10_000;
    private static final int SERIES = 20;
    private static final int PRIORS = 10;
    private static final int WARM_UP = 15;
    private static final int ROUNDS = 25;
    private static final String[] MODALITIES = {"CT", "MR", "DX", "SR"};
    private static final Display DISPLAY = new Display(List.of(new Screen(2048, 2560), new Screen(2048, 2560)));

    private final List<byte[]> encoded = new RandomProtocols(1).next(PROTOCOLS).stream().map(SelectionBench::encode).toList();
    private final Study study = study(0);
    private final List<Study> priors = IntStream.rangeClosed(1, PRIORS).mapToObj(SelectionBench::study).toList();

    private SelectionBench() {
    }

    /** @param args none */
    public static void main(String[] args) {
        new SelectionBench().run();
    }

    private void run() {
        List<Attributes> protocols = decode();
        HangingProtocolSelection all = HangingProtocolSelection.of(protocols);
        Selection selection = all.apply(study, priors, DISPLAY);
        if (selection.applicable().isEmpty())
            throw new IllegalStateException("no protocol applies, so nothing is measured");
        Attributes first = find(protocols, selection.applicable().get(0));
        double decoding = median(this::decode);
        double applying = median(() -> all.apply(study, priors, DISPLAY));
        double layout = median(() -> layout(first));
        System.out.printf(Locale.ROOT, "%d protocols, %d series, %d priors of %d series: %d apply, %d undecided%n", PROTOCOLS, SERIES,
                PRIORS, SERIES, selection.applicable().size(), selection.undecided().size());
        System.out.printf(Locale.ROOT, "decoding the protocols   %6.1f ms%n", decoding);
        System.out.printf(Locale.ROOT, "selecting among them     %6.1f ms, %.2f of decoding%n", applying, applying / decoding);
        System.out.printf(Locale.ROOT, "what the first one shows %6.1f ms%n", layout);
    }

    private Layout layout(Attributes protocol) {
        return HangingProtocolSelection.layout(protocol, study, priors);
    }

    private List<Attributes> decode() {
        List<Attributes> protocols = new ArrayList<>(encoded.size());
        try {
            for (byte[] bytes : encoded)
                protocols.add(DatasetCodec.decode(bytes, UID.ExplicitVRLittleEndian));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return protocols;
    }

    /** Milliseconds. */
    private static double median(Supplier<?> work) {
        double[] times = new double[ROUNDS];
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            if (work.get() == null)
                throw new IllegalStateException("nothing came of it");
            if (i >= 0)
                times[i] = (System.nanoTime() - begin) / 1e6;
        }
        Arrays.sort(times);
        return times[ROUNDS / 2];
    }

    private static Attributes find(List<Attributes> protocols, Candidate candidate) {
        return protocols.stream().filter(p -> candidate.sopInstanceUid().equals(p.getString(Tag.SOPInstanceUID))).findFirst().orElseThrow();
    }

    /** A study with one instance a series; number 0 is the current one, the others lie so many months before it. */
    private static Study study(int number) {
        List<Attributes> instances = new ArrayList<>(SERIES);
        for (int series = 0; series < SERIES; series++) {
            Attributes instance = new Attributes();
            instance.setString(Tag.StudyInstanceUID, VR.UI, "1.2." + number);
            instance.setString(Tag.SeriesInstanceUID, VR.UI, "1.2." + number + "." + series);
            instance.setString(Tag.SOPInstanceUID, VR.UI, "1.2." + number + "." + series + ".1");
            instance.setString(Tag.StudyDate, VR.DA, String.format("2024%02d15", 12 - number));
            instance.setString(Tag.Modality, VR.CS, MODALITIES[series % MODALITIES.length]);
            instance.setString(Tag.BodyPartExamined, VR.CS, "CHEST");
            instance.setString(Tag.SeriesDescription, VR.LO, "Series " + series);
            instances.add(decoded(encode(instance)));
        }
        return Study.of(instances);
    }

    private static byte[] encode(Attributes dataset) {
        try {
            return DatasetCodec.encode(dataset, UID.ExplicitVRLittleEndian);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Attributes decoded(byte[] bytes) {
        try {
            return DatasetCodec.decode(bytes, UID.ExplicitVRLittleEndian);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

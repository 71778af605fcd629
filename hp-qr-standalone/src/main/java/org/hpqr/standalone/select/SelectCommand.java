package org.hpqr.standalone.select;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.hpqr.selection.Candidate;
import org.hpqr.selection.DisplaySet;
import org.hpqr.selection.HangingProtocolSelection;
import org.hpqr.selection.Layout;
import org.hpqr.selection.Reason;
import org.hpqr.selection.Selection;
import org.hpqr.selection.SeriesPart;
import org.hpqr.selection.Study;

/**
 * {@code hp-qr.sh select}: prints which protocols apply, best first, what the best one shows, and why the others do not apply. Exit
 * code 0: at least one applies. 1: none does. 2: it could not be found out; the last line says why.
 */
public final class SelectCommand {

    static final int APPLICABLE = 0;
    static final int NONE = 1;
    static final int NOT_DONE = 2;

    private final PrintStream out;
    private final PrintStream err;

    SelectCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** @param arguments {@link SelectOptions#USAGE}, without the first two words */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        int exitCode = new SelectCommand(out, System.err).run(List.of(arguments));
        out.flush();
        System.exit(exitCode);
    }

    int run(List<String> arguments) {
        try {
            return run(SelectOptions.of(arguments));
        } catch (SelectException e) {
            err.println("hp-qr.sh: " + e.getMessage());
            return NOT_DONE;
        }
    }

    private int run(SelectOptions options) throws SelectException {
        Study study = study(options.study());
        List<Study> priors = new ArrayList<>();
        for (Path directory : options.priors())
            read(directory).studies().values().forEach(instances -> priors.add(Study.of(instances)));
        List<Attributes> protocols = read(options.protocols()).hangingProtocols();
        if (protocols.isEmpty())
            throw new SelectException("there is no hanging protocol in " + options.protocols());
        HangingProtocolSelection all = HangingProtocolSelection.of(protocols);
        Selection selection = (options.reader() == null ? all : all.forReader(options.reader()))
                .apply(study, priors, options.display());
        printCandidates("Applicable, best first", selection.applicable());
        if (!selection.applicable().isEmpty())
            printLayout(HangingProtocolSelection.layout(find(protocols, selection.applicable().get(0)), study, priors));
        printCandidates("Undecided", selection.undecided());
        printCandidates("Not applicable", selection.notApplicable());
        printCandidates("Of other users and groups", selection.notVisible());
        return selection.applicable().isEmpty() ? NONE : APPLICABLE;
    }

    private Study study(Path directory) throws SelectException {
        Map<String, List<Attributes>> studies = read(directory).studies();
        if (studies.isEmpty())
            throw new SelectException("there is no study in " + directory);
        if (studies.size() > 1)
            throw new SelectException("there are " + studies.size() + " studies in " + directory
                    + "; put the prior ones into another directory and name it by --prior");
        return Study.of(studies.values().iterator().next());
    }

    private DicomDirectory read(Path directory) throws SelectException {
        DicomDirectory read = DicomDirectory.read(directory);
        read.skipped().forEach(file -> err.println("skipped, not a DICOM file: " + file));
        return read;
    }

    private static Attributes find(List<Attributes> protocols, Candidate candidate) {
        return protocols.stream().filter(protocol -> candidate.sopInstanceUid() == null
                ? !protocol.containsValue(Tag.SOPInstanceUID)
                : candidate.sopInstanceUid().equals(protocol.getString(Tag.SOPInstanceUID))).findFirst().orElseThrow();
    }

    private void printCandidates(String title, List<Candidate> candidates) {
        if (candidates.isEmpty())
            return;
        out.println(title + ":");
        for (Candidate candidate : candidates) {
            out.println("  " + (candidate.rank() == 0 ? "" : candidate.rank() + (candidate.tied() ? " (tied) " : " "))
                    + text(candidate.name()) + ", " + text(candidate.level()) + ", " + text(candidate.sopInstanceUid()));
            printReasons("    ", candidate.reasons());
        }
        out.println();
    }

    private void printLayout(Layout layout) {
        out.println("What " + text(layout.name()) + " shows:");
        for (DisplaySet set : layout.displaySets()) {
            out.println("  Display set " + set.number() + (set.label() == null ? "" : ", " + text(set.label())) + ", presentation group "
                    + set.presentationGroup() + ": " + series(set));
            set.boxes().forEach(box -> out.println("    Image box " + box.number() + ", " + text(box.layoutType())
                    + (box.columns() * box.rows() > 1 ? " " + box.columns() + " x " + box.rows() : "") + ": "
                    + (box.images() == 0 ? "empty" : images(box.images()))));
            printReasons("    ", set.reasons());
        }
        printReasons("  ", layout.reasons());
        out.println();
    }

    private static String series(DisplaySet set) {
        return set.series().isEmpty() ? "no images" : set.series().stream().map(SelectCommand::series).collect(Collectors.joining("; "));
    }

    private static String series(SeriesPart part) {
        return images(part.images()) + " of series " + text(part.seriesNumber()) + " " + text(part.modality()) + " "
                + text(part.description()) + " of the " + (part.current() ? "current" : "prior") + " study of " + text(part.studyDate());
    }

    private static String images(int count) {
        return count + (count == 1 ? " image" : " images");
    }

    private void printReasons(String indent, List<Reason> reasons) {
        reasons.forEach(reason -> out.println(indent + text(reason.sentence())));
    }

    /** What a data set has must not reach the terminal as a control character. */
    private static String text(String text) {
        return text == null ? "-" : text.replaceAll("\\p{Cc}", "?");
    }
}

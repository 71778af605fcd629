package org.hpqr.control;

import java.io.IOException;
import java.io.PrintStream;
import org.hpqr.control.ExportDirectory.Outcome;

/** Writes every stored object to a directory. */
final class ExportCommand {

    private final ExportDirectory directory;
    private final PrintStream out;
    private final PrintStream err;
    private final int[] counts = new int[Outcome.values().length];
    private int failed;

    ExportCommand(ExportDirectory directory, PrintStream out, PrintStream err) {
        this.directory = directory;
        this.out = out;
        this.err = err;
    }

    /**
     * Does it.
     *
     * @return {@code true} if there is a file of every object
     * @throws CommandException it ended before
     */
    boolean run(ServerConnection server) throws CommandException {
        directory.create();
        Progress progress = new Progress(err, server.request(Frame.EXPORT));
        Frame frame;
        while ((frame = server.next()).kind() != Frame.Kind.END) {
            if (frame.kind() == Frame.Kind.FAILURE)
                fail(frame.name(), frame.text());
            else
                write(frame);
            progress.step();
        }
        out.printf("%d exported, %d unchanged, %d failed%n", counts[Outcome.WRITTEN.ordinal()],
                counts[Outcome.UNCHANGED.ordinal()], failed);
        if (!frame.text().isEmpty())
            throw new CommandException("not all objects were exported: " + frame.text());
        return failed == 0;
    }

    private void write(Frame object) {
        try {
            boolean isRetired = object.text().equals(Frame.RETIRED);
            Outcome outcome = directory.write(object.name(), isRetired, object.content());
            if (outcome == Outcome.OCCUPIED)
                fail(object.name(), directory.file(object.name(), isRetired) + " has other content; --force replaces it");
            else
                counts[outcome.ordinal()]++;
        } catch (IOException e) {
            fail(object.name(), e.toString());
        }
    }

    private void fail(String uid, String reason) {
        failed++;
        err.println(uid + ": failed: " + reason);
    }
}

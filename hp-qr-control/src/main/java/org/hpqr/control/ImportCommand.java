package org.hpqr.control;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.hpqr.control.Frame.Outcome;

/** Sends every file of directories to the server, to be stored or removed, and says of each what became of it. */
final class ImportCommand {

    private final String request;
    private final List<Path> sources;
    private final PrintStream out;
    private final PrintStream err;
    private final int[] counts = new int[Outcome.values().length];

    /**
     * @param request {@link Frame#IMPORT} or {@link Frame#REMOVE}
     * @param sources files, and directories with all below them
     */
    ImportCommand(String request, List<Path> sources, PrintStream out, PrintStream err) {
        this.request = request;
        this.sources = sources;
        this.out = out;
        this.err = err;
    }

    /**
     * Does it.
     *
     * @return {@code true} if none was refused, and none was changed that was to be removed
     * @throws CommandException it ended before
     */
    boolean run(ServerConnection server) throws CommandException {
        List<Path> files = files();
        int limit = server.request(request);
        Progress progress = new Progress(err, files.size());
        try {
            for (Path file : files) {
                send(file, limit, server);
                progress.step();
            }
        } finally {
            out.println(summary());
        }
        server.tell(Frame.end(""));
        return count(Outcome.REFUSED) == 0 && count(Outcome.CHANGED) == 0;
    }

    private String summary() {
        if (request.equals(Frame.REMOVE))
            return count(Outcome.REMOVED) + " removed, " + count(Outcome.CHANGED) + " changed and not removed, " + count(Outcome.ABSENT)
                    + " not stored, " + count(Outcome.REFUSED) + " refused";
        return count(Outcome.STORED) + " stored, " + count(Outcome.REPLACED) + " replaced, " + count(Outcome.UNCHANGED) + " unchanged, "
                + count(Outcome.REFUSED) + " refused" + (count(Outcome.SKIPPED) == 0 ? "" : ", " + count(Outcome.SKIPPED) + " skipped");
    }

    private int count(Outcome outcome) {
        return counts[outcome.ordinal()];
    }

    private void send(Path file, int limit, ServerConnection server) throws CommandException {
        byte[] content;
        try {
            if (Files.size(file) > limit) {
                say(file, Outcome.REFUSED, "larger than " + limit + " bytes");
                return;
            }
            content = Files.readAllBytes(file);
        } catch (IOException e) {
            say(file, Outcome.REFUSED, "cannot be read: " + e);
            return;
        }
        Frame result = server.ask(new Frame(Frame.Kind.OBJECT, "", "", content));
        say(file, Outcome.valueOf(result.name()), result.text());
    }

    private void say(Path file, Outcome outcome, String why) {
        counts[outcome.ordinal()]++;
        // a name may hold what would be another line
        out.println(file.toString().replaceAll("\\p{Cntrl}", "?") + ": " + outcome.name().toLowerCase(Locale.ROOT)
                + (why.isEmpty() ? "" : ": " + why));
    }

    /** Below each source in the order of their names: of several with one UID the same is the last one every time. */
    private List<Path> files() throws CommandException {
        List<Path> files = new ArrayList<>();
        for (Path source : sources) {
            int before = files.size();
            walk(source, files);
            Collections.sort(files.subList(before, files.size()));
        }
        return files;
    }

    private void walk(Path source, List<Path> files) throws CommandException {
        try {
            Files.walkFileTree(source, new SimpleFileVisitor<>() {

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (file.getParent().equals(source.resolve(Frame.RETIRED)))
                        say(file, Outcome.SKIPPED, "it was retired when it was exported");
                    else if (Files.isRegularFile(file))
                        files.add(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    say(file, Outcome.REFUSED, "cannot be read: " + e);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new CommandException("cannot read all files below " + source + ": " + e);
        }
    }
}

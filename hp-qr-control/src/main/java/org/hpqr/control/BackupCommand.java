package org.hpqr.control;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Asks the server for a copy of its database file. */
final class BackupCommand {

    private final Path file;
    private final PrintStream out;

    BackupCommand(Path file, PrintStream out) {
        this.file = file.toAbsolutePath();
        this.out = out;
    }

    /**
     * Does it.
     *
     * @return {@code true}
     * @throws CommandException there is no backup
     */
    boolean run(ServerConnection server) throws CommandException {
        if (Files.exists(file))
            throw new CommandException(file + " exists already");
        server.tell(Frame.of(Frame.Kind.REQUEST, Frame.BACKUP, file.toString()));
        Frame answer = server.next();
        if (!answer.text().isEmpty())
            throw new CommandException(answer.text());
        out.println("backed up to " + file);
        return true;
    }
}

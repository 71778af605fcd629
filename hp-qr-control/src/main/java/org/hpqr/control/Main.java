package org.hpqr.control;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code hp-qr.sh export [--force] DIR}, {@code import DIR|FILE ...}, {@code remove DIR|FILE ...} and {@code backup FILE}. Exit code 0: all is done. 1: all but single
 * objects, which are named. 2: it was not, or not to its end; the last line says why.
 */
public final class Main {

    static final int DONE = 0;
    static final int FAILURES = 1;
    static final int NOT_DONE = 2;

    private static final String USAGE = "usage: hp-qr.sh export [--force] DIR | hp-qr.sh import DIR|FILE ... | hp-qr.sh remove DIR|FILE ... | hp-qr.sh backup FILE";

    private final PrintStream out;
    private final PrintStream err;

    Main(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** @param arguments directory of the installed server, its data directory, then those of the command */
    public static void main(String[] arguments) {
        System.exit(new Main(System.out, System.err).run(arguments));
    }

    /** What a command does with the server; {@code true} if no single object failed. */
    private interface Command {
        boolean run(ServerConnection server) throws CommandException;
    }

    int run(String... arguments) {
        try {
            Path home = path(arguments[0]);
            Path dataDirectory = path(arguments[1]).toAbsolutePath();
            Command command = parse(List.of(arguments).subList(2, arguments.length));
            return run(home, dataDirectory, command) ? DONE : FAILURES;
        } catch (CommandException e) {
            err.println("hp-qr.sh: " + e.getMessage());
        } catch (IOException e) {
            err.println("hp-qr.sh: no answer from the server: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return NOT_DONE;
    }

    private static boolean run(Path home, Path dataDirectory, Command command)
            throws CommandException, IOException, InterruptedException {
        SocketChannel running = ControlSocket.connect(dataDirectory);
        if (running != null)
            return run(running, command);
        try (OfflineServer server = new OfflineServer(home, dataDirectory)) {
            return run(server.connect(dataDirectory), command);
        }
    }

    private static boolean run(SocketChannel channel, Command command) throws CommandException, IOException {
        try (ServerConnection connection = new ServerConnection(channel)) {
            return command.run(connection);
        }
    }

    private Command parse(List<String> arguments) throws CommandException {
        String name = arguments.get(0);
        List<String> rest = new ArrayList<>(arguments.subList(1, arguments.size()));
        boolean force = name.equals(Frame.EXPORT) && rest.remove("--force");
        for (String argument : rest)
            if (argument.startsWith("-"))
                throw new CommandException(argument + ": there is no such option; " + USAGE);
        if (rest.isEmpty() || rest.size() > 1 && !name.equals(Frame.IMPORT) && !name.equals(Frame.REMOVE))
            throw new CommandException(USAGE);
        List<Path> paths = new ArrayList<>();
        for (String argument : rest)
            paths.add(path(argument));
        return switch (name) {
            case Frame.EXPORT -> new ExportCommand(new ExportDirectory(paths.get(0), force), out, err)::run;
            case Frame.IMPORT, Frame.REMOVE -> send(name, paths);
            case Frame.BACKUP -> new BackupCommand(paths.get(0), out)::run;
            default -> throw new CommandException(USAGE);
        };
    }

    private Command send(String request, List<Path> paths) throws CommandException {
        for (Path path : paths)
            if (!Files.isReadable(path))
                throw new CommandException(path + " does not exist, or cannot be read");
        return new ImportCommand(request, paths, out, err)::run;
    }

    private static Path path(String text) throws CommandException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new CommandException(text + " is not a path");
        }
    }
}

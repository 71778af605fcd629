package org.hpqr.testkit.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The handles of the Java process of a server, as Linux shows them in {@code /proc}. */
public final class ServerSockets {

    private static final String LISTEN = "0A";

    private final Path process;

    public ServerSockets(StandaloneServer server) {
        process = server.process().handles().stream()
                .filter(handle -> handle.info().command().orElse("").endsWith("java"))
                .map(handle -> Path.of("/proc", String.valueOf(handle.pid()))).findFirst().orElseThrow();
    }

    /** How many threads it has. */
    public long threads() {
        return lines(process.resolve("status")).stream().filter(line -> line.startsWith("Threads:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElseThrow();
    }

    /** How many files and sockets it has open. */
    public long handles() {
        return targets().size();
    }

    /** How many sockets it has open. */
    public long sockets() {
        return targets().stream().filter(target -> target.startsWith("socket:")).count();
    }

    /** The addresses it listens on, as they stand in {@code /proc/net/tcp}: {@code 0100007F:2B68}. */
    public Set<String> listening() {
        Set<String> inodes = targets().stream().filter(target -> target.startsWith("socket:"))
                .map(target -> target.replaceAll("\\D", "")).collect(Collectors.toSet());
        Set<String> addresses = new TreeSet<>();
        for (String table : List.of("tcp", "tcp6"))
            for (String line : lines(process.resolve("net").resolve(table))) {
                String[] columns = line.trim().split("\\s+");
                if (columns.length > 9 && columns[3].equals(LISTEN) && inodes.contains(columns[9]))
                    addresses.add(columns[1]);
            }
        return addresses;
    }

    private List<String> targets() {
        try (Stream<Path> handles = Files.list(process.resolve("fd"))) {
            return handles.map(ServerSockets::target).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** It may be closed in the meantime. */
    private static String target(Path handle) {
        try {
            return Files.readSymbolicLink(handle).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

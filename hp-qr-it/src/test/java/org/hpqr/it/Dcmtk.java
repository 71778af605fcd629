package org.hpqr.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hpqr.testkit.server.Await;
import org.hpqr.testkit.server.ExternalProcess;

/** The programs of DCMTK (Debian package dcmtk) as peers. */
public final class Dcmtk {

    private static final Path HERE = Path.of(".");

    private Dcmtk() {
    }

    /** C-ECHO. */
    public static void echo(int port) {
        ExternalProcess.run(HERE, List.of("echoscu", "-aec", "HPQR", "127.0.0.1", String.valueOf(port)));
    }

    /**
     * C-STORE.
     *
     * @param transferSyntax option that proposes it: {@code -xe} Explicit, {@code -xi} Implicit VR Little Endian
     */
    public static void store(int port, String transferSyntax, List<Path> files) {
        List<String> command = new ArrayList<>(List.of("storescu", "-R", transferSyntax, "-aec", "HPQR", "127.0.0.1",
                String.valueOf(port)));
        files.forEach(file -> command.add(file.toString()));
        ExternalProcess.run(HERE, command);
    }

    /** A C-STORE SCP; it takes one transfer syntax and writes what it gets into a directory. */
    public static ExternalProcess storeScp(int port, String transferSyntax, Path directory) {
        return storeScp(port, transferSyntax, directory, List.of());
    }

    /** As {@link #storeScp(int, String, Path)}, with more options. */
    static ExternalProcess storeScp(int port, String transferSyntax, Path directory, List<String> options) {
        // storescp knows hanging protocols, but takes them only if they are configured
        Path profiles = write(directory.resolveSibling(directory.getFileName() + ".cfg"), """
                [[TransferSyntaxes]]
                [Syntaxes]
                TransferSyntax1 = %s
                [[PresentationContexts]]
                [Contexts]
                PresentationContext1 = 1.2.840.10008.5.1.4.38.1\\Syntaxes
                [[Profiles]]
                [Profile]
                PresentationContexts = Contexts
                """.formatted(transferSyntax));
        List<String> command = new ArrayList<>(List.of("storescp", "-aet", "DEST"));
        command.addAll(options);
        command.addAll(List.of("-xf", profiles.toAbsolutePath().toString(), "Profile", String.valueOf(port)));
        ExternalProcess scp = new ExternalProcess(directory, Map.of(), command);
        Await.untilTrue("storescp listens", () -> isListening(port));
        return scp;
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * The data set of a file, re-encoded by DCMTK: two files hold the same data set if this is the same.
     *
     * @param transferSyntax {@code +te} or {@code +ti}: the encoding to compare in
     */
    public static byte[] dataset(Path file, String transferSyntax) {
        try {
            Path converted = Files.createTempFile("dataset", null);
            try {
                ExternalProcess.run(HERE, List.of("dcmconv", "-F", transferSyntax, "+e", "-g", file.toString(), converted.toString()));
                return Files.readAllBytes(converted);
            } finally {
                Files.delete(converted);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SOP Instance UID (0008,0018) of a file. */
    public static String sopInstanceUid(Path file) {
        String line = ExternalProcess.run(HERE, List.of("dcmdump", "+P", "0008,0018", file.toString())).get(0);
        return line.substring(line.indexOf('[') + 1, line.indexOf(']'));
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

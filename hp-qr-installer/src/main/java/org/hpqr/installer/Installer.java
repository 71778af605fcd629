package org.hpqr.installer;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * The command line: {@code java -jar hp-qr-installer.jar install|remove|status EAR [--out FILE]}. It ends with 0 if it did
 * what was asked, 1 if it refused or failed and changed nothing, 2 if it was called wrongly.
 */
public final class Installer {

    static final int DONE = 0;
    static final int REFUSED = 1;
    static final int WRONG_CALL = 2;

    private static final String USAGE = """
            usage: java -jar hp-qr-installer.jar COMMAND EAR [--out FILE]

              install EAR   puts hp-qr into an EAR of dcm4chee-arc %s, in place of any hp-qr in it
              remove EAR    takes hp-qr out again
              status EAR    says what is in an EAR

              --out FILE    writes the changed EAR to FILE; without it, EAR itself is replaced
            """.formatted(String.join(" or ", ArchiveEar.SUPPORTED));

    private final Supplier<Payload> payload;
    private final PrintStream out;
    private final PrintStream err;

    Installer(Supplier<Payload> payload, PrintStream out, PrintStream err) {
        this.payload = payload;
        this.out = out;
        this.err = err;
    }

    public static void main(String[] args) {
        System.exit(new Installer(Payload::bundled, System.out, System.err).run(args));
    }

    /** Runs a command and returns the exit code. */
    int run(String... args) {
        boolean toFile = args.length == 4 && args[2].equals("--out") && !args[0].equals("status");
        if (args.length != 2 && !toFile)
            return wrongCall();
        Path ear = Path.of(args[1]);
        Path target = toFile ? Path.of(args[3]) : ear;
        try {
            switch (args[0]) {
                case "install" -> install(ear, target);
                case "remove" -> remove(ear, target);
                case "status" -> status(ear);
                default -> {
                    return wrongCall();
                }
            }
            return DONE;
        } catch (RefusedException e) {
            err.println(ear + ": " + e.getMessage());
        } catch (IOException e) {
            err.println(ear + ": " + e);
        }
        err.println("Nothing was changed.");
        return REFUSED;
    }

    private int wrongCall() {
        err.print(USAGE);
        return WRONG_CALL;
    }

    private void install(Path file, Path target) throws RefusedException, IOException {
        ArchiveEar ear = ArchiveEar.open(file);
        Payload modules = payload.get();
        EarEditor.install(ear, modules, target);
        out.println(target + ": hp-qr " + modules.version()
                + (ear.hpQr() == null ? " installed" : " installed in place of hp-qr " + ear.hpQr())
                + " in dcm4chee-arc " + ear.version());
        if (!modules.supports(ear.database()))
            err.println("Note: hp-qr " + modules.version() + " has no tables for " + ear.database() + ". The archive will "
                    + "work as before, but hp-qr will answer every request with a failure.");
    }

    private void remove(Path file, Path target) throws RefusedException, IOException {
        ArchiveEar ear = ArchiveEar.open(file);
        boolean inPlace = Files.exists(target) && Files.isSameFile(file, target);
        if (ear.hpQr() != null || !inPlace)
            EarEditor.remove(ear, target);
        out.println(target + (ear.hpQr() == null ? ": there is no hp-qr to remove" : ": hp-qr " + ear.hpQr() + " removed"));
    }

    private void status(Path file) throws RefusedException, IOException {
        ArchiveEar ear = ArchiveEar.open(file);
        out.println("archive:   dcm4chee-arc " + ear.version());
        out.println("database:  " + ear.database());
        out.println("secured:   " + (ear.secured() ? "yes" : "no"));
        out.println("hp-qr:     " + (ear.hpQr() == null ? "none"
                : ear.complete() ? ear.hpQr() : ear.hpQr() + ", incomplete: install it again"));
    }
}

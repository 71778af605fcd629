package org.hpqr.testkit.ohif;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.hpqr.testkit.server.ExternalProcess;

/** OHIF's core of npm, our extension as it is packed, and the scripts of {@code hp-qr-ohif/src/test/node}, in one directory. */
public final class OhifPackages {

    private OhifPackages() {
    }

    /** Are Node.js and npm there? */
    public static boolean canBeInstalled() {
        return isInstalled("node") && isInstalled("npm");
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator)).anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    }

    /**
     * Installs them, as far as they are not there yet.
     *
     * @param module directory of {@code hp-qr-ohif}, of which the package is in {@code target/npm}
     * @return {@code target/node}, where they are
     */
    public static synchronized Path install(Path module) throws IOException {
        Path directory = module.resolve("target/node").toAbsolutePath().normalize();
        Files.createDirectories(directory);
        // tests of two modules may do this at the same time
        try (FileChannel channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
             FileLock lock = channel.lock()) {
            install(module, directory);
        }
        return directory;
    }

    private static void install(Path module, Path directory) throws IOException {
        try (Stream<Path> scripts = Files.list(module.resolve("src/test/node"))) {
            for (Path script : scripts.toList())
                Files.copy(script, directory.resolve(script.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        ExternalProcess.run(module.resolve("target/npm"), List.of("npm", "pack", "--silent", "--pack-destination", directory.toString()));
        try (Stream<Path> packages = Files.list(directory)) {
            Path packed = packages.filter(file -> file.getFileName().toString().matches("hp-qr-ohif-.*tgz")).findFirst().orElseThrow();
            Files.move(packed, directory.resolve("hp-qr-ohif.tgz"), StandardCopyOption.REPLACE_EXISTING);
        }
        // npm keeps a package whose version it has
        delete(directory.resolve("node_modules/hp-qr-ohif"));
        // peer dependencies of OHIF's viewer are not needed, and nothing of what is installed has to be compiled
        ExternalProcess.run(directory, List.of("npm", "install", "--legacy-peer-deps", "--ignore-scripts", "--no-audit", "--no-fund",
                "--no-package-lock", "--prefer-offline", "--loglevel=error"));
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory))
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList())
                    Files.delete(file);
            }
    }
}

package org.hpqr.installer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar an administrator gets, run as an administrator runs it. */
class InstallerJarIT {

    private static final File JAR = new File(System.getProperty("installer.jar"));
    private static final String VERSION = System.getProperty("installer.version");

    @TempDir
    private Path dir;

    @Test
    @DisplayName("the jar alone installs, tells the status and removes")
    void installsStatusRemoves() throws Exception {
        Path ear = SyntheticEar.archive().writeTo(dir.resolve("arc.ear"));
        Map<String, String> original = SyntheticEar.contentOf(ear);

        assertTrue(run(0, "install", ear.toString()).contains("hp-qr " + VERSION + " installed in dcm4chee-arc 5.34.3"));
        assertTrue(run(0, "status", ear.toString()).contains("hp-qr:     " + VERSION + "\n"));
        assertTrue(SyntheticEar.contentOf(ear).keySet().containsAll(
                List.of("hp-qr-ejb.jar", "hp-qr-arc.jar", "hp-qr-web.war", "hp-qr/flyway-core.jar")));
        run(0, "remove", ear.toString());
        assertEquals(original, SyntheticEar.contentOf(ear));
    }

    @Test
    @DisplayName("exit codes tell refusal from wrong use")
    void exitCodes() throws Exception {
        assertTrue(run(1, "status", dir.resolve("none.ear").toString()).contains("no such file"));
        assertTrue(run(2).startsWith("usage:"));
    }

    @Test
    @DisplayName("the libraries it brings are those the modules name in their Class-Path, and every one is found")
    void librariesAreNamed() throws Exception {
        Set<String> brought = new TreeSet<>();
        Set<String> named = new TreeSet<>();
        try (JarFile jar = new JarFile(JAR)) {
            List<String> index = new String(read(jar, "payload.index"), StandardCharsets.UTF_8).lines().toList();
            for (String name : index) {
                byte[] content = read(jar, "payload/" + name);
                if (name.startsWith("hp-qr/")) {
                    brought.add(name);
                    continue;
                }
                try (JarInputStream module = new JarInputStream(new ByteArrayInputStream(content))) {
                    String classPath = module.getManifest().getMainAttributes().getValue("Class-Path");
                    if (classPath != null)
                        named.addAll(List.of(classPath.split(" ")));
                }
            }
            Set<String> payload = jar.stream().map(entry -> entry.getName())
                    .filter(name -> name.startsWith("org/hpqr/installer/payload/") && name.matches(".*\\.[jw]ar"))
                    .collect(Collectors.toSet());
            assertEquals(index.size(), payload.size(), "no jar that the index does not name: " + payload);
        }
        assertEquals(brought, named);
    }

    @Test
    @DisplayName("no class of the toolkit or the archive goes into an archive")
    void bringsNoToolkit() throws Exception {
        try (JarFile jar = new JarFile(JAR)) {
            for (String name : new String(read(jar, "payload.index"), StandardCharsets.UTF_8).lines().toList())
                try (JarInputStream module = new JarInputStream(new ByteArrayInputStream(read(jar, "payload/" + name)))) {
                    for (var entry = module.getNextEntry(); entry != null; entry = module.getNextEntry())
                        assertTrue(!entry.getName().startsWith("org/dcm4che") && !entry.getName().startsWith("org/aoju"),
                                name + " holds " + entry.getName());
                }
        }
    }

    private static byte[] read(JarFile jar, String name) throws Exception {
        return jar.getInputStream(jar.getEntry("org/hpqr/installer/" + name)).readAllBytes();
    }

    private String run(int expectedExitCode, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        command.addAll(List.of(args));
        Path output = Files.createTempFile(dir, "out", ".txt");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        String text = Files.readString(output);
        assertEquals(expectedExitCode, process.exitValue(), text);
        return text;
    }
}

package org.hpqr.installer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;

/**
 * What the installer adds to an EAR: EJB and web modules in its root, and the libraries they name in their manifests' Class-Path
 * in the folder {@code hp-qr/}. Libraries stay out of the EAR's {@code lib/}, where they would become part of the class
 * path of every module of the archive.
 *
 * @param files entry name to content; an entry without a folder is a module
 */
record Payload(Map<String, byte[]> files) {

    /** Name of the module that carries the version. */
    static final String PLUGIN = "hp-qr-ejb.jar";

    private static final Pattern OURS = Pattern.compile("hp-qr(-[^/]*\\.[jw]ar|/.*)");
    private static final String INDEX = "payload.index";
    private static final String SCHEMA_FOLDER = "org/hpqr/schema/";

    /** The modules that lie in this jar. */
    static Payload bundled() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String name : new String(resource(INDEX), StandardCharsets.UTF_8).lines().toList())
            files.put(name, resource("payload/" + name));
        return new Payload(files);
    }

    private static byte[] resource(String name) {
        try (InputStream in = Payload.class.getResourceAsStream(name)) {
            if (in == null)
                throw new IllegalStateException("this installer is incomplete: " + name + " is missing");
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Does this entry of an EAR belong to the plugin, to this version of it or another? */
    static boolean owns(String entryName) {
        return OURS.matcher(entryName).matches();
    }

    /** File names of the modules, for the application descriptor. */
    List<String> modules() {
        return files.keySet().stream().filter(name -> name.indexOf('/') < 0).toList();
    }

    /** Version of the plugin. */
    String version() {
        return versionOf(files.get(PLUGIN));
    }

    /**
     * Does the plugin bring the scripts that make its tables in this database?
     *
     * @param database as in the name of an EAR of dcm4chee-arc, for example {@code psql}
     */
    boolean supports(String database) {
        String folder = SCHEMA_FOLDER + (database.equals("psql") ? "postgresql" : database) + '/';
        try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(files.get(PLUGIN)))) {
            for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry())
                if (entry.getName().startsWith(folder))
                    return true;
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Version of a plugin jar.
     *
     * @param jar its content
     * @return the Implementation-Version of its manifest, or {@code unknown}
     */
    static String versionOf(byte[] jar) {
        try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(jar))) {
            Manifest manifest = in.getManifest();
            String version = manifest == null ? null : manifest.getMainAttributes().getValue("Implementation-Version");
            return version == null ? "unknown" : version;
        } catch (IOException e) {
            return "unknown";
        }
    }
}

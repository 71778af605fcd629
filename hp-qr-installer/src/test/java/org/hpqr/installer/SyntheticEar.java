package org.hpqr.installer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Makes EARs that are laid out like those of dcm4chee-arc 5.34.3, without a line of its code. */
final class SyntheticEar {

    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    private SyntheticEar() {
    }

    static SyntheticEar archive() {
        return archive("5.34.3", "psql", "unsecure");
    }

    static SyntheticEar archive(String version, String database, String classifier) {
        SyntheticEar ear = new SyntheticEar();
        ear.entries.put("META-INF/", null);
        ear.with("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\n\r\n");
        ear.entries.put("lib/", null);
        ear.with(ApplicationDescriptor.ENTRY, descriptor(version, classifier));
        ear.with("META-INF/jboss-deployment-structure.xml", "<jboss-deployment-structure/>");
        ear.with("dcm4chee-arc-war-" + version + "-" + classifier + ".war", "web services " + version);
        ear.with("dcm4chee-arc-service-" + version + ".jar", "service " + version);
        ear.with("dcm4chee-arc-store-" + version + ".jar", "store\0\u00ff\u20ac" + "x".repeat(100_000));
        ear.with("lib/dcm4chee-arc-entity-" + version + "-" + database + ".jar", "entities");
        ear.with("lib/dcm4chee-arc-conf-" + version + ".jar", "configuration");
        return ear;
    }

    /** Laid out as maven-ear-plugin does: no line break after the last tag. */
    static String descriptor(String version, String classifier) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <application xmlns="http://xmlns.jcp.org/xml/ns/javaee" version="7">
                  <application-name>dcm4chee-arc</application-name>
                  <module>
                    <web>
                      <web-uri>dcm4chee-arc-war-%1$s-%2$s.war</web-uri>
                      <context-root>dcm4chee-arc</context-root>
                    </web>
                  </module>
                  <module>
                    <ejb>dcm4chee-arc-service-%1$s.jar</ejb>
                  </module>
                  <module>
                    <ejb>dcm4chee-arc-store-%1$s.jar</ejb>
                  </module>
                  <library-directory>lib</library-directory>
                </application>""".formatted(version, classifier);
    }

    SyntheticEar with(String name, String content) {
        entries.put(name, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    SyntheticEar with(String name, byte[] content) {
        entries.put(name, content);
        return this;
    }

    SyntheticEar without(String name) {
        if (!entries.containsKey(name))
            throw new IllegalArgumentException(name);
        entries.remove(name);
        return this;
    }

    Path writeTo(Path file) {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            out.setComment("made for a test");
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(each.getKey());
                entry.setTime(1_700_000_000_000L);
                byte[] content = each.getValue() == null ? new byte[0] : each.getValue();
                // like maven's archiver: folders are stored, files are compressed
                if (each.getValue() == null || each.getKey().endsWith(".war")) {
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(content.length);
                    CRC32 crc = new CRC32();
                    crc.update(content);
                    entry.setCrc(crc.getValue());
                }
                out.putNextEntry(entry);
                out.write(content);
                out.closeEntry();
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Entry names and contents of a zip file, in their order, with what a zip file says of each. */
    static Map<String, String> contentOf(Path file) throws IOException {
        Map<String, String> content = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            content.put("comment", String.valueOf(zip.getComment()));
            for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator)
                content.put(entry.getName(), entry.getMethod() + " " + entry.getLastModifiedTime() + " "
                        + new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1));
        }
        return content;
    }

    /** What a release of the plugin would install. */
    static Payload payload(String version) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("hp-qr-ejb.jar", jar(version));
        files.put("hp-qr-arc.jar", jar(version));
        files.put("hp-qr-web.war", "web".getBytes(StandardCharsets.UTF_8));
        files.put("hp-qr/flyway-core.jar", "a library".getBytes(StandardCharsets.UTF_8));
        return new Payload(files);
    }

    private static byte[] jar(String version) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream out = new JarOutputStream(bytes)) {
            out.putNextEntry(undated("META-INF/MANIFEST.MF"));
            manifest.write(out);
            out.closeEntry();
            out.putNextEntry(undated("org/hpqr/schema/postgresql/V1__hanging_protocols.sql"));
            out.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Two jars of one version are to be the same. */
    private static ZipEntry undated(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        return entry;
    }
}

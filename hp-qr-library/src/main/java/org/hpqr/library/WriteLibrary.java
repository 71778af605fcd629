package org.hpqr.library;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomOutputStream;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.picture.Language;
import org.hpqr.picture.LayoutPicture;
import org.hpqr.picture.LayoutWords;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Writes the library: a DICOM file for each definition, all of them in {@code library.zip} with a list in {@code library.json}, and a
 * gallery page with the pictures.
 */
public final class WriteLibrary {

    private static final String SUFFIX = ".yaml";

    private WriteLibrary() {
    }

    /** @param args directory of the definitions, and the directory to write to, which is created */
    public static void main(String[] args) throws IOException {
        Map<String, Attributes> protocols = read(Path.of(args[0]));
        Path target = Files.createDirectories(Path.of(args[1]));
        for (Map.Entry<String, Attributes> protocol : protocols.entrySet())
            Files.write(target.resolve(protocol.getKey() + ".dcm"), file(protocol.getValue()));
        Files.write(target.resolve("library.zip"), zip(protocols));
        Files.writeString(target.resolve("library.json"), list(protocols));
        Files.writeString(target.resolve("gallery.html"), gallery(protocols, Files.createDirectories(target.resolve("pictures"))));
    }

    /**
     * Reads all definitions of a directory.
     *
     * @return their data sets by the names of the files, without suffix
     * @throws InvalidDefinitionException one is wrong
     */
    public static Map<String, Attributes> read(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(directory)) {
            files = found.filter(file -> file.toString().endsWith(SUFFIX)).toList();
        }
        Map<String, Attributes> protocols = new TreeMap<>();
        for (Path file : files) {
            String name = file.getFileName().toString();
            name = name.substring(0, name.length() - SUFFIX.length());
            protocols.put(name, ProtocolDefinition.toDataset(name, parse(file)));
        }
        return protocols;
    }

    private static Object parse(Path file) throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try (Reader in = Files.newBufferedReader(file)) {
            return new Yaml(new SafeConstructor(options)).load(in);
        } catch (YAMLException e) {
            throw new InvalidDefinitionException(file + ": " + e.getMessage());
        }
    }

    private static byte[] file(Attributes protocol) throws IOException {
        Attributes meta = protocol.createFileMetaInformation(UID.ExplicitVRLittleEndian);
        meta.remove(Tag.ImplementationVersionName);
        meta.setString(Tag.ImplementationClassUID, VR.UI, "2.25.286214903164917752340118935076541280337");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DicomOutputStream out = new DicomOutputStream(bytes, UID.ExplicitVRLittleEndian)) {
            out.writeDataset(meta, protocol);
        }
        return bytes.toByteArray();
    }

    static byte[] zip(Map<String, Attributes> protocols) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, Attributes> protocol : protocols.entrySet()) {
                ZipEntry entry = new ZipEntry(protocol.getKey() + ".dcm");
                // the same protocols are the same archive, whenever it is made
                entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
                zip.putNextEntry(entry);
                zip.write(file(protocol.getValue()));
            }
        }
        return bytes.toByteArray();
    }

    /** UID, name and content digest of each; a server that has this digest has the protocol as it was delivered. */
    static String list(Map<String, Attributes> protocols) throws IOException {
        List<String> rows = new ArrayList<>();
        for (Attributes protocol : protocols.values())
            rows.add("{\"uid\": \"" + protocol.getString(Tag.SOPInstanceUID) + "\", \"name\": \""
                    + protocol.getString(Tag.HangingProtocolName).replace("\\", "\\\\").replace("\"", "\\\"") + "\", \"digest\": \""
                    + DatasetCodec.contentDigest(protocol) + "\"}");
        return "[\n" + String.join(",\n", rows) + "\n]\n";
    }

    static String gallery(Map<String, Attributes> protocols, Path pictures) throws IOException {
        List<String> parts = new ArrayList<>();
        parts.add("<nav>" + protocols.entrySet().stream().map(entry -> "<a href=\"#" + entry.getKey() + "\">"
                + text(entry.getValue().getString(Tag.HangingProtocolName)) + "</a>").collect(Collectors.joining(" | ")) + "</nav>");
        for (Map.Entry<String, Attributes> entry : protocols.entrySet()) {
            Attributes protocol = entry.getValue();
            parts.add("<section id=\"" + entry.getKey() + "\"><h2>" + text(protocol.getString(Tag.HangingProtocolName)) + "</h2><p>"
                    + text(protocol.getString(Tag.HangingProtocolDescription)) + ". " + count(protocol, Tag.NumberOfScreens, "screen") + ", "
                    + count(protocol, Tag.NumberOfPriorsReferenced, "prior") + " (<code>" + entry.getKey() + ".yaml</code>)</p>");
            LayoutPicture picture = LayoutPicture.of(protocol);
            LayoutWords words = LayoutWords.of(protocol, Language.ENGLISH);
            for (int group : picture.groups()) {
                String file = entry.getKey() + '-' + group + ".svg";
                Files.writeString(pictures.resolve(file), picture.svg(group, Language.ENGLISH, LayoutPicture.Detail.FULL));
                parts.add("<figure><img src=\"pictures/" + file + "\" alt=\"\" loading=\"lazy\"><figcaption><b>"
                        + text(title(protocol, group)) + ".</b> " + text(String.join(" ", words.sentences(group))) + "</figcaption></figure>");
            }
            parts.add("</section>");
        }
        return """
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"><title>Library of hanging protocols</title>
                <style>body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem}figure{margin:1rem 0}
                img{max-width:100%;max-height:30rem}</style></head>
                <body><h1>Library of hanging protocols</h1>
                """ + String.join("\n", parts) + "\n</body></html>\n";
    }

    private static String count(Attributes protocol, int tag, String what) {
        int count = protocol.getInt(tag, 0);
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /** Display Set Presentation Group Description (0072,0206); the number of the group if it has none. */
    private static String title(Attributes protocol, int group) {
        return protocol.getSequence(Tag.DisplaySetsSequence).stream()
                .filter(set -> set.getInt(Tag.DisplaySetPresentationGroup, 0) == group)
                .map(set -> set.getString(Tag.DisplaySetPresentationGroupDescription)).filter(Objects::nonNull).findFirst()
                .orElse("Group " + group);
    }

    private static String text(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}

package org.hpqr.installer;

import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * An EAR of dcm4chee-arc that was found to be whole and of a version the plugin is made for.
 *
 * @param file       the EAR
 * @param version    of the archive, for example {@code 5.34.3}
 * @param database   as in the name of the EAR: {@code psql}, {@code mysql}, {@code h2}, ...
 * @param secured    its web services want a token
 * @param hpQr       version of the plugin in it; {@code null} if there is none
 * @param complete   the modules of the plugin that lie in it are those its descriptor names
 * @param descriptor its application descriptor
 */
record ArchiveEar(Path file, String version, String database, boolean secured, String hpQr, boolean complete,
        ApplicationDescriptor descriptor) {

    /** Archive versions that one build of the plugin runs in. A newer one is added when the binding was tried in it. */
    static final List<String> SUPPORTED = List.of("5.34.x", "5.35.x");

    private static final Pattern SERVICE = Pattern.compile("dcm4chee-arc-service-(\\d+\\.\\d+)(\\..+)\\.jar");
    private static final Pattern WAR = Pattern.compile("dcm4chee-arc-war-.+?-(unsecure|secure)\\.war");
    private static final Pattern ENTITY = Pattern.compile("lib/dcm4chee-arc-entity-.+-([a-z0-9]+)\\.jar");

    /**
     * Looks into a file.
     *
     * @throws RefusedException it is not an undamaged EAR of a supported dcm4chee-arc
     * @throws IOException      it cannot be read
     */
    static ArchiveEar open(Path file) throws RefusedException, IOException {
        if (Files.notExists(file))
            throw new RefusedException("no such file");
        if (Files.isDirectory(file))
            throw new RefusedException("is a directory; the installer works on the EAR as a file, not exploded");
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Set<String> names = checkEntries(zip);
            ZipEntry entry = zip.getEntry(ApplicationDescriptor.ENTRY);
            if (entry == null)
                throw new RefusedException("has no " + ApplicationDescriptor.ENTRY + ": it is not an EAR of dcm4chee-arc");
            try (InputStream in = zip.getInputStream(entry)) {
                return recognize(file, zip, names, new ApplicationDescriptor(in.readAllBytes()));
            }
        } catch (ZipException e) {
            throw new RefusedException("is damaged or not a zip file: " + e.getMessage(), e);
        }
    }

    /** Reads every entry: a zip file that opens may still be damaged inside. */
    private static Set<String> checkEntries(ZipFile zip) throws RefusedException, IOException {
        Set<String> names = new HashSet<>();
        for (ZipEntry entry : Collections.list(zip.entries())) {
            if (!names.add(entry.getName()))
                throw new RefusedException("is damaged: it has two entries " + entry.getName());
            CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32());
            try (in) {
                in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw new RefusedException("is damaged: " + entry.getName() + " cannot be read: " + e.getMessage(), e);
            }
            if (in.getChecksum().getValue() != entry.getCrc())
                throw new RefusedException("is damaged: the checksum of " + entry.getName() + " is wrong");
        }
        return names;
    }

    private static ArchiveEar recognize(Path file, ZipFile zip, Set<String> names, ApplicationDescriptor descriptor)
            throws RefusedException, IOException {
        Matcher service = only(SERVICE, descriptor.modules());
        if (!"dcm4chee-arc".equals(descriptor.applicationName()) || service == null)
            throw new RefusedException("is not an EAR of dcm4chee-arc");
        String version = service.group(1) + service.group(2);
        if (!SUPPORTED.contains(service.group(1) + ".x"))
            throw new RefusedException("is dcm4chee-arc " + version + "; this hp-qr is made for "
                    + String.join(" and ", SUPPORTED) + " only");
        for (String module : descriptor.modules())
            if (!names.contains(module) && !Payload.owns(module))
                throw new RefusedException("is damaged: the module " + module + " is missing");
        for (String module : descriptor.without().modules())
            if (Payload.owns(module))
                throw new RefusedException(ApplicationDescriptor.ENTRY + " names " + module
                        + ", but not in the block this installer writes; restore the original EAR");
        Matcher war = only(WAR, descriptor.modules());
        Matcher entity = only(ENTITY, names);
        if (war == null || entity == null)
            throw new RefusedException("lacks a part that every EAR of dcm4chee-arc has: "
                    + (war == null ? "dcm4chee-arc-war" : "dcm4chee-arc-entity"));
        Set<String> held = names.stream().filter(name -> Payload.owns(name) && name.indexOf('/') < 0).collect(toSet());
        Set<String> named = descriptor.modules().stream().filter(Payload::owns).collect(toSet());
        return new ArchiveEar(file, version, entity.group(1), "secure".equals(war.group(1)),
                held.isEmpty() && named.isEmpty() ? null : installed(zip), held.equals(named), descriptor);
    }

    /** The match of the one name that matches; {@code null} if none or several do. */
    private static Matcher only(Pattern pattern, Iterable<String> names) {
        Matcher found = null;
        for (String name : names) {
            Matcher matcher = pattern.matcher(name);
            if (matcher.matches()) {
                if (found != null)
                    return null;
                found = matcher;
            }
        }
        return found;
    }

    private static String installed(ZipFile zip) throws IOException {
        ZipEntry plugin = zip.getEntry(Payload.PLUGIN);
        if (plugin == null)
            return "unknown";
        try (InputStream in = zip.getInputStream(plugin)) {
            return Payload.versionOf(in.readAllBytes());
        }
    }
}

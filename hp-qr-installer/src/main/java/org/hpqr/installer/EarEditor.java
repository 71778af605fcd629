package org.hpqr.installer;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Writes an EAR anew, with the plugin or without. The result is written to a temporary file beside the target, read back
 * and compared with the source, and only then renamed: at every moment the target is either the old EAR or the new one.
 */
final class EarEditor {

    /** Of the entries the installer adds: always the same, so that installing twice gives the same EAR. */
    private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

    private EarEditor() {
    }

    /**
     * Writes {@code ear} with the plugin in it, in place of any other version of the plugin.
     *
     * @param target where to; may be the EAR itself
     */
    static void install(ArchiveEar ear, Payload payload, Path target) throws RefusedException, IOException {
        write(ear, ear.descriptor().with(payload.modules()), payload, target);
    }

    /**
     * Writes {@code ear} as it was before the plugin was installed.
     *
     * @param target where to; may be the EAR itself
     */
    static void remove(ArchiveEar ear, Path target) throws RefusedException, IOException {
        write(ear, ear.descriptor().without(), new Payload(Collections.emptyMap()), target);
    }

    private static void write(ArchiveEar ear, ApplicationDescriptor descriptor, Payload payload, Path target)
            throws RefusedException, IOException {
        // through symbolic links: the file is to be replaced, not the link
        Path file = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
        Path temporary = Files.createTempFile(file.getParent(), "." + file.getFileName(), ".hp-qr");
        try {
            copy(ear.file(), descriptor, payload, temporary);
            compare(ear.file(), temporary, descriptor, payload);
            adoptAttributes(ear.file(), file, temporary);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            sync(file.getParent(), StandardOpenOption.READ);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void copy(Path source, ApplicationDescriptor descriptor, Payload payload, Path target) throws IOException {
        try (ZipFile in = new ZipFile(source.toFile());
             ZipOutputStream out = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(target)))) {
            out.setComment(in.getComment());
            for (ZipEntry entry : Collections.list(in.entries())) {
                if (Payload.owns(entry.getName()))
                    continue;
                ZipEntry copy = new ZipEntry(entry);
                // the size is that of the old compressor and of the old content
                copy.setCompressedSize(-1);
                if (entry.getName().equals(ApplicationDescriptor.ENTRY)) {
                    put(out, copy, descriptor.bytes());
                    continue;
                }
                out.putNextEntry(copy);
                try (InputStream content = in.getInputStream(entry)) {
                    content.transferTo(out);
                }
                out.closeEntry();
            }
            for (Map.Entry<String, byte[]> file : payload.files().entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTimeLocal(ENTRY_TIME);
                put(out, entry, file.getValue());
            }
        }
        sync(target, StandardOpenOption.WRITE);
    }

    private static void put(ZipOutputStream out, ZipEntry entry, byte[] content) throws IOException {
        entry.setMethod(ZipEntry.DEFLATED);
        entry.setSize(content.length);
        entry.setCrc(crcOf(content));
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }

    private static long crcOf(byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        return crc.getValue();
    }

    /** Everything that is not ours has to be as it was, and everything of ours has to be there. */
    private static void compare(Path source, Path written, ApplicationDescriptor descriptor, Payload payload)
            throws RefusedException, IOException {
        ArchiveEar.open(written);
        try (ZipFile before = new ZipFile(source.toFile()); ZipFile after = new ZipFile(written.toFile())) {
            if (!foreignEntries(before).equals(foreignEntries(after))
                    || !Arrays.equals(read(after, ApplicationDescriptor.ENTRY), descriptor.bytes()))
                throw new IOException("the new EAR does not contain what the old one contains");
            for (Map.Entry<String, byte[]> file : payload.files().entrySet())
                if (!Arrays.equals(read(after, file.getKey()), file.getValue()))
                    throw new IOException(file.getKey() + " was not written as it is");
        }
    }

    /** What identifies the content of an entry that is neither ours nor the descriptor. */
    private record Content(String name, long size, long crc) {
    }

    private static List<Content> foreignEntries(ZipFile zip) {
        return Collections.list(zip.entries()).stream()
                .filter(entry -> !Payload.owns(entry.getName()) && !entry.getName().equals(ApplicationDescriptor.ENTRY))
                .map(entry -> new Content(entry.getName(), entry.getSize(), entry.getCrc()))
                .toList();
    }

    private static byte[] read(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null)
            return null;
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    /** A server that can read the old file has to be able to read the new one. */
    private static void adoptAttributes(Path source, Path target, Path written) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(written, PosixFileAttributeView.class);
        if (view == null)
            return;
        boolean replaces = Files.exists(target);
        PosixFileAttributes old = Files.readAttributes(replaces ? target : source, PosixFileAttributes.class);
        view.setPermissions(old.permissions());
        if (!replaces)
            return;
        if (!view.readAttributes().owner().equals(old.owner()))
            view.setOwner(old.owner());
        if (!view.readAttributes().group().equals(old.group()))
            view.setGroup(old.group());
    }

    private static void sync(Path path, StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(path, option)) {
            channel.force(true);
        } catch (IOException e) {
            // a directory cannot be opened on Windows
            if (!Files.isDirectory(path))
                throw e;
        }
    }
}

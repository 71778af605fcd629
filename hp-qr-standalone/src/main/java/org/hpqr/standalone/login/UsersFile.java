package org.hpqr.standalone.login;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The file of the users, in UTF-8: a line for each, {@code name:role,role:password hash}. Lines that are empty or begin with #
 * are left out.
 */
final class UsersFile {

    /** So that nobody adds a user whose name a file, a header or a log line cannot carry. */
    static final String NAME_FORM = "1 to 64 characters, none of them a colon, comma, quote, backslash, space at an end or control character";
    private static final int MAX_NAME = 64;
    private static final int MAX_SIZE = 10_000_000;

    private UsersFile() {
    }

    /** One user. */
    record Entry(String name, Set<String> roles, PasswordHash password) {

        private String line() {
            return name + ':' + String.join(",", new TreeSet<>(roles)) + ':' + password;
        }
    }

    /** Says whether a user or a role may have this name. */
    static boolean isName(String name) {
        return !name.isBlank() && name.length() <= MAX_NAME && name.equals(name.strip()) && !name.startsWith("#")
                && name.chars().noneMatch(c -> Character.isISOControl(c) || ":,\"\\".indexOf(c) >= 0);
    }

    /**
     * Reads the users by name.
     *
     * @throws IOException the file cannot be read, or a line is malformed
     */
    static Map<String, Entry> read(Path file) throws IOException {
        if (Files.size(file) > MAX_SIZE)
            throw new IOException(file + " is larger than " + MAX_SIZE + " bytes");
        Map<String, Entry> users = new TreeMap<>();
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#"))
                continue;
            try {
                Entry entry = parse(line);
                if (users.put(entry.name(), entry) != null)
                    throw new IllegalArgumentException("a second line for the same user");
            } catch (IllegalArgumentException e) {
                throw new IOException(file + ", line " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        return users;
    }

    private static Entry parse(String line) {
        String[] parts = line.split(":", -1);
        if (parts.length != 3 || !isName(parts[0]))
            throw new IllegalArgumentException("not name:roles:password hash");
        Set<String> roles = Arrays.stream(parts[1].split(",")).map(String::strip).filter(role -> !role.isEmpty())
                .collect(Collectors.toSet());
        return new Entry(parts[0], roles, PasswordHash.parse(parts[2]));
    }

    /** Replaces the file by one that only its owner may read. */
    static void write(Path file, Collection<Entry> users) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Files.createDirectories(directory);
        Path written = Files.createTempFile(directory, file.getFileName().toString(), ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.write(written, users.stream().map(Entry::line).toList());
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }
}

package org.hpqr.standalone.login;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hpqr.standalone.login.UsersFile.Entry;

/**
 * {@code hp-qr.sh user}: adds, changes, removes and lists the users in the file. Needs no server; one that runs takes over
 * what has changed with the next login.
 */
public final class UserCommand {

    private static final String USAGE = """
            Usage:
              hp-qr.sh user add NAME [--role ROLE] ...   adds a user, or gives one another password and other roles
              hp-qr.sh user remove NAME                  removes a user
              hp-qr.sh user list                         lists the users with their roles
            The password is asked for, or read from the first line of the standard input.""";
    /** NIST SP 800-63B, 5.1.1.1. */
    private static final int MIN_PASSWORD = 8;
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private final Path file;
    private final PrintStream out;

    UserCommand(Path file, PrintStream out) {
        this.file = file;
        this.out = out;
    }

    /** @param args the users file, and what the administrator has given to {@code hp-qr.sh user} */
    public static void main(String[] args) {
        Console console = System.console();
        UserCommand command = new UserCommand(Path.of(args[0]), System.out);
        List<String> arguments = List.of(args).subList(1, args.length);
        try {
            System.exit(command.run(arguments, () -> console == null ? line(System.in) : console.readPassword("Password: ")) ? 0
                    : WRONG_USAGE);
        } catch (IOException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(FAILED);
        }
    }

    private static char[] line(InputStream in) throws IOException {
        String line = new BufferedReader(new InputStreamReader(in, Charset.defaultCharset())).readLine();
        return line == null ? new char[0] : line.toCharArray();
    }

    /** Reads the new password. */
    interface PasswordInput {
        char[] read() throws IOException;
    }

    /**
     * Does what the arguments say.
     *
     * @return {@code false} if they say nothing
     * @throws IOException              the file cannot be read or written
     * @throws IllegalArgumentException a name or the password is not allowed, or there is no such user
     */
    boolean run(List<String> arguments, PasswordInput password) throws IOException {
        if (arguments.size() == 1 && arguments.get(0).equals("list")) {
            users().values().forEach(user -> out.println(user.name() + ' ' + String.join(",", new TreeSet<>(user.roles()))));
            return true;
        }
        if (arguments.size() == 2 && arguments.get(0).equals("remove")) {
            remove(arguments.get(1));
            return true;
        }
        if (arguments.size() >= 2 && arguments.size() % 2 == 0 && arguments.get(0).equals("add")) {
            Set<String> roles = new TreeSet<>();
            for (int i = 2; i < arguments.size(); i += 2) {
                if (!arguments.get(i).equals("--role"))
                    return usage();
                roles.add(name(arguments.get(i + 1)));
            }
            add(name(arguments.get(1)), roles, password.read());
            return true;
        }
        return usage();
    }

    private boolean usage() {
        out.println(USAGE);
        return false;
    }

    private static String name(String name) {
        if (!UsersFile.isName(name))
            throw new IllegalArgumentException('"' + name + "\" is not allowed; allowed is " + UsersFile.NAME_FORM);
        return name;
    }

    private void add(String name, Set<String> roles, char[] password) throws IOException {
        if (password.length < MIN_PASSWORD)
            throw new IllegalArgumentException("The password needs " + MIN_PASSWORD + " characters or more");
        Map<String, Entry> users = users();
        boolean isNew = users.put(name, new Entry(name, roles, PasswordHash.of(password))) == null;
        UsersFile.write(file, users.values());
        out.println((isNew ? "Added " : "Changed ") + name + " in " + file);
    }

    private void remove(String name) throws IOException {
        Map<String, Entry> users = users();
        if (users.remove(name) == null)
            throw new IllegalArgumentException("There is no user " + name + " in " + file);
        UsersFile.write(file, users.values());
        out.println("Removed " + name + " from " + file);
    }

    private Map<String, Entry> users() throws IOException {
        return Files.exists(file) ? UsersFile.read(file) : new TreeMap<>();
    }
}

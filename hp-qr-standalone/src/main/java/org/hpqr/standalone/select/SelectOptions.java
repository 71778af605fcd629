package org.hpqr.standalone.select;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hpqr.selection.Code;
import org.hpqr.selection.Display;
import org.hpqr.selection.Display.Screen;
import org.hpqr.selection.Reader;

/**
 * The arguments of {@code hp-qr.sh select}. Where no directory of protocols is given, the script names one with the stored protocols.
 *
 * @param study     directory of the current study
 * @param protocols directory of the protocols
 * @param priors    directories of prior studies
 * @param reader    {@code null} if neither user nor group is given
 */
record SelectOptions(Path study, Path protocols, List<Path> priors, Reader reader, Display display) {

    static final String USAGE = "usage: hp-qr.sh select --study DIR [--protocols DIR] [--prior DIR]... [--user VALUE:SCHEME] "
            + "[--group NAME]... [--screen COLUMNSxROWS]...";

    private static final Pattern SCREEN = Pattern.compile("(\\d{1,5})x(\\d{1,5})");

    /**
     * Reads them.
     *
     * @throws SelectException there is an unknown one, or a value is missing or malformed
     */
    static SelectOptions of(List<String> arguments) throws SelectException {
        Path study = null;
        Path protocols = null;
        List<Path> priors = new ArrayList<>();
        Code user = null;
        Set<String> groups = new HashSet<>();
        List<Screen> screens = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            String name = arguments.get(i);
            if (i + 1 == arguments.size())
                throw new SelectException(name.startsWith("--") ? name + " has no value; " + USAGE : USAGE);
            String value = arguments.get(i + 1);
            switch (name) {
                case "--study" -> study = path(value);
                case "--protocols" -> protocols = path(value);
                case "--prior" -> priors.add(path(value));
                case "--user" -> user = code(value);
                case "--group" -> groups.add(value);
                case "--screen" -> screens.add(screen(value));
                default -> throw new SelectException(name + ": there is no such option; " + USAGE);
            }
        }
        if (study == null || protocols == null)
            throw new SelectException(USAGE);
        if (screens.size() > Display.MOST_SCREENS)
            throw new SelectException("there are more than " + Display.MOST_SCREENS + " screens");
        return new SelectOptions(study, protocols, priors, user == null && groups.isEmpty() ? null : new Reader(user, groups),
                new Display(screens));
    }

    private static Path path(String text) throws SelectException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new SelectException(text + " is not a path");
        }
    }

    /** The scheme comes after the last colon, as a URN has colons itself. */
    private static Code code(String text) throws SelectException {
        int colon = text.lastIndexOf(':');
        if (colon <= 0 || colon == text.length() - 1)
            throw new SelectException("--user " + text + ": a code is VALUE:SCHEME");
        return new Code(text.substring(0, colon), text.substring(colon + 1), null);
    }

    private static Screen screen(String text) throws SelectException {
        Matcher m = SCREEN.matcher(text);
        if (!m.matches() || Integer.parseInt(m.group(1)) == 0 || Integer.parseInt(m.group(2)) == 0)
            throw new SelectException("--screen " + text + ": a screen is COLUMNSxROWS, 2048x2560");
        return new Screen(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)));
    }
}

package org.hpqr.web.rs;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hpqr.dataset.SopInstanceUid;
import org.hpqr.picture.Language;
import org.hpqr.selection.Code;
import org.hpqr.selection.Display;
import org.hpqr.selection.Display.Screen;
import org.hpqr.selection.Reader;
import org.hpqr.web.search.InvalidQueryException;
import org.hpqr.web.search.QueryString;

/**
 * The parameters of a request for the protocols that apply to a study.
 *
 * @param reader           {@code user} (VALUE:SCHEME) and {@code group} (repeatable); {@code null} if there is neither
 * @param display          {@code screen} (COLUMNSxROWS, repeatable)
 * @param studyInstanceUid {@code StudyInstanceUID}: which study is the current one; {@code null}: that of the first data set sent
 * @param complete         {@code complete}: false if the data sets that are sent have only some of the attributes of their instances
 * @param protocol         {@code protocol}: SOP Instance UID of the protocol whose layout is asked for; {@code null}: of the best
 * @param picture          {@code picture}: true if the layout is asked for as pictures, too
 * @param language         {@code lang}, or else the header Accept-Language: of the pictures
 */
record ApplicableParameters(Reader reader, Display display, String studyInstanceUid, boolean complete, String protocol, boolean picture,
                            Language language) {

    static final List<String> NAMES = List.of("StudyInstanceUID", "complete", "user", "group", "screen", "protocol", "picture", "lang");

    private static final Pattern SCREEN = Pattern.compile("([1-9]\\d{0,4})x([1-9]\\d{0,4})");

    /**
     * Reads them.
     *
     * @throws WebFailure 400: there is an unknown one, or a value is malformed
     */
    static ApplicableParameters of(ServiceRequest request) throws WebFailure {
        QueryString query = request.query();
        for (QueryString.Parameter parameter : query.parameters())
            if (!NAMES.contains(parameter.name()) && !parameter.name().equals("accept"))
                throw bad("There is an unknown parameter; known are " + String.join(", ", NAMES));
        try {
            return new ApplicableParameters(reader(query), display(query.all("screen")), uid(query, "StudyInstanceUID"),
                    flag(query, "complete", true), uid(query, "protocol"), flag(query, "picture", false),
                    Language.of(query.single("lang").orElse(request.http().getHeader("Accept-Language"))));
        } catch (InvalidQueryException e) {
            throw bad(e.getMessage());
        }
    }

    private static WebFailure bad(String message) {
        return new WebFailure(WebFailure.BAD_REQUEST, message);
    }

    private static Reader reader(QueryString query) throws WebFailure, InvalidQueryException {
        String user = query.single("user").orElse(null);
        List<String> groups = query.all("group");
        return user == null && groups.isEmpty() ? null : new Reader(user == null ? null : code(user), new HashSet<>(groups));
    }

    /** The scheme comes after the last colon, as a URN has colons itself. */
    private static Code code(String text) throws WebFailure {
        int colon = text.lastIndexOf(':');
        if (colon <= 0 || colon == text.length() - 1)
            throw bad("user is not VALUE:SCHEME");
        return new Code(text.substring(0, colon), text.substring(colon + 1), null);
    }

    private static Display display(List<String> texts) throws WebFailure {
        if (texts.size() > Display.MOST_SCREENS)
            throw bad("There are more than " + Display.MOST_SCREENS + " screens");
        List<Screen> screens = new ArrayList<>();
        for (String text : texts) {
            Matcher screen = SCREEN.matcher(text);
            if (!screen.matches())
                throw bad("screen is not COLUMNSxROWS, such as 2048x2560");
            screens.add(new Screen(Integer.parseInt(screen.group(1)), Integer.parseInt(screen.group(2))));
        }
        return new Display(screens);
    }

    private static String uid(QueryString query, String name) throws WebFailure, InvalidQueryException {
        String uid = query.single(name).orElse(null);
        if (uid != null && !SopInstanceUid.isValid(uid))
            throw bad(name + " is not a UID");
        return uid;
    }

    private static boolean flag(QueryString query, String name, boolean otherwise) throws WebFailure, InvalidQueryException {
        String text = query.single(name).orElse(String.valueOf(otherwise));
        if (!text.equals("true") && !text.equals("false"))
            throw bad(name + " is neither true nor false");
        return Boolean.parseBoolean(text);
    }
}

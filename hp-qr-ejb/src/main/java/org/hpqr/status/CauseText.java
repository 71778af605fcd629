package org.hpqr.status;

import java.util.ArrayList;
import java.util.List;

/**
 * Why something failed, in one line of the log. For what anybody can make fail again and again while something is not
 * available: a stack trace each time would fill the log, and says no more.
 */
public final class CauseText {

    private static final int MAX_LENGTH = 1_000;
    private static final int MAX_CAUSES = 20;

    private CauseText() {
    }

    /**
     * The messages of an exception and its causes, without those that only repeat the next one.
     *
     * @return one line of at most 1,000 characters
     */
    public static String of(Throwable failure) {
        List<String> messages = new ArrayList<>();
        Throwable thrown = failure;
        for (; thrown.getCause() != null && messages.size() < MAX_CAUSES; thrown = thrown.getCause())
            if (!repeats(thrown.getMessage(), thrown.getCause().getMessage()))
                messages.add(thrown.getMessage());
        messages.add(thrown.toString());
        String text = String.join(": ", messages).replaceAll("\\p{Cntrl}+", " ");
        return text.substring(0, Math.min(text.length(), MAX_LENGTH));
    }

    private static boolean repeats(String message, String next) {
        return message == null || next != null && message.endsWith(next);
    }
}

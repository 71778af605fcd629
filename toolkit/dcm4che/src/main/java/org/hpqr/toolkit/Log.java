package org.hpqr.toolkit;

import java.io.IOException;
import java.util.regex.Pattern;
import org.dcm4che3.data.Attributes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the log calls of the renamed classes; the rule {@code log} adds the calling class, whose name is the logger's, as it
 * is in dcm4che. Not for use by other code.
 *
 * <p>Above DEBUG, a peer cannot write what it likes into the log: control characters, with which it could begin lines of
 * its own or command a terminal, become spaces, and data sets are not shown.
 */
public final class Log {

    private static final ClassValue<Logger> LOGGERS = new ClassValue<>() {
        @Override
        protected Logger computeValue(Class<?> caller) {
            return LoggerFactory.getLogger(caller);
        }
    };

    /** Those of ASCII and Latin-1, and the separators of lines and paragraphs. */
    private static final Pattern CONTROLS = Pattern.compile("[\\x00-\\x1F\\x7F-\\x9F\\u2028\\u2029]+");

    /** Of an argument in a format, as a regular expression. */
    private static final String PLACE = "\\{}";

    private Log() {
    }

    public static void trace(String format, Object[] arguments, Class<?> caller) {
        LOGGERS.get(caller).trace(format, arguments);
    }

    public static void debug(String format, Object[] arguments, Class<?> caller) {
        LOGGERS.get(caller).debug(format, arguments);
    }

    public static void info(String format, Object[] arguments, Class<?> caller) {
        LOGGERS.get(caller).info(harmless(format), harmless(format, arguments));
    }

    public static void warn(String format, Object[] arguments, Class<?> caller) {
        LOGGERS.get(caller).warn(harmless(format), harmless(format, arguments));
    }

    public static void error(String format, Object[] arguments, Class<?> caller) {
        LOGGERS.get(caller).error(harmless(format), harmless(format, arguments));
    }

    private static Object[] harmless(String format, Object[] arguments) {
        if (arguments == null)
            return null;
        Object[] harmless = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++)
            harmless[i] = harmless(arguments[i], i == arguments.length - 1 && !isInPeersHand(arguments[i], format, arguments.length));
        return harmless;
    }

    /**
     * Whether an exception has a place in the line and is one that any peer can cause, by an A-ABORT or by closing its
     * connection. Who only looks whether the port is open would fill the log with its stack traces.
     */
    private static boolean isInPeersHand(Object argument, String format, int arguments) {
        return argument instanceof IOException && format != null && format.split(PLACE, -1).length > arguments;
    }

    /** An exception at the end is for its stack trace. */
    private static Object harmless(Object argument, boolean isTrace) {
        if (argument == null || argument instanceof Number || argument instanceof Throwable && isTrace)
            return argument;
        if (argument instanceof Attributes dataset)
            return "(" + dataset.size() + " attributes)";
        return harmless(argument.toString());
    }

    private static String harmless(String text) {
        return text == null ? null : CONTROLS.matcher(text).replaceAll(" ");
    }
}

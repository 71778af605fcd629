package org.hpqr.toolkit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the log calls of the renamed classes; the rule {@code log} adds the calling class, whose name is the logger's, as it
 * is in dcm4che. Not for use by other code.
 */
public final class Log {

    private static final ClassValue<Logger> LOGGERS = new ClassValue<>() {
        @Override
        protected Logger computeValue(Class<?> caller) {
            return LoggerFactory.getLogger(caller);
        }
    };

    private Log() {
    }

    public static void trace(String format, Object[] arguments, Class<?> caller) {
        LOGGERS.get(caller).trace(format, arguments);
    }

    public static void debug(String format, Object[] arguments, Class<?> caller) {
        LOGGERS.get(caller).debug(format, arguments);
    }

    public static void info(String format, Object[] arguments, Class<?> caller) {
        LOGGERS.get(caller).info(format, arguments);
    }

    public static void warn(String format, Object[] arguments, Class<?> caller) {
        LOGGERS.get(caller).warn(format, arguments);
    }

    public static void error(String format, Object[] arguments, Class<?> caller) {
        LOGGERS.get(caller).error(format, arguments);
    }
}

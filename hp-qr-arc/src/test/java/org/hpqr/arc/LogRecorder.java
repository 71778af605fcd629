package org.hpqr.arc;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Keeps what a class logs from a level on. */
final class LogRecorder extends Handler implements AutoCloseable {

    private final Logger logger;
    private final Level from;
    private final List<String> messages = new CopyOnWriteArrayList<>();

    /** Warnings and errors. */
    LogRecorder(Class<?> type) {
        this(type, Level.WARNING);
    }

    LogRecorder(Class<?> type, Level from) {
        this.from = from;
        logger = Logger.getLogger(type.getName());
        logger.addHandler(this);
    }

    List<String> messages() {
        return messages;
    }

    @Override
    public void publish(LogRecord record) {
        if (record.getLevel().intValue() >= from.intValue())
            messages.add(record.getMessage());
    }

    @Override
    public void flush() {
    }

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}

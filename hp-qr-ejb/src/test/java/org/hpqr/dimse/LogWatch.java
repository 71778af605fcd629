package org.hpqr.dimse;

import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Is told what is logged, by the thread that logs, until it is closed. */
final class LogWatch extends Handler implements AutoCloseable {

    private final Logger logger;
    private final Consumer<LogRecord> consumer;

    LogWatch(String loggerName, Consumer<LogRecord> consumer) {
        this.consumer = consumer;
        logger = Logger.getLogger(loggerName);
        logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord record) {
        consumer.accept(record);
    }

    @Override
    public void flush() {
        // nothing is kept
    }

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}

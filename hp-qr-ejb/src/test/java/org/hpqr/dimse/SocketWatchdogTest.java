package org.hpqr.dimse;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The executor that calls it every second never calls it again once it has failed: no time limit would hold any more. */
class SocketWatchdogTest {

    private static final class UnwillingSocket extends Socket {

        private final Throwable failure;

        private UnwillingSocket(Throwable failure) {
            this.failure = failure;
        }

        @Override
        public synchronized void close() throws IOException {
            if (failure instanceof Error error)
                throw error;
            if (failure instanceof RuntimeException exception)
                throw exception;
            throw (IOException) failure;
        }
    }

    @Test
    void whateverClosingASocketComesToTheOthersAreClosed() {
        SocketWatchdog watchdog = new SocketWatchdog();
        List<Socket> healthy = Stream.generate(Socket::new).limit(20).toList();
        for (Throwable failure : List.of(new IOException("the test wants this"), new IllegalStateException("the test wants this"),
                new OutOfMemoryError("the test wants this")))
            watchdog.begin(new UnwillingSocket(failure), Duration.ZERO, () -> "unwilling", "is slow");
        for (Socket socket : healthy)
            watchdog.begin(socket, Duration.ZERO, () -> {
                throw new OutOfMemoryError("the test wants this");
            }, "is slow");

        watchdog.closeOverdue();
        assertTrue(healthy.stream().allMatch(Socket::isClosed));
    }
}

package org.hpqr.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.dcm4che3.net.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A port whose listener ends is opened anew, but not for ever. */
class PortListenersTest {

    private final CountDownLatch lost = new CountDownLatch(1);
    private final AtomicInteger binds = new AtomicInteger();
    /** Waits for nothing. */
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1) {
        @Override
        public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
            assertEquals(PortListeners.RETRY_MILLIS, unit.toMillis(delay));
            return super.schedule(command, 0, unit);
        }
    };
    private final PortListeners listeners = new PortListeners(Runnable::run, timer, lost::countDown);

    @AfterEach
    void end() {
        timer.shutdownNow();
    }

    /** A port whose listener does this each time it is bound. */
    private Connection port(Runnable listener, boolean failsLater) {
        return new Connection("dicom", "127.0.0.1", 104) {
            @Override
            public synchronized boolean bind() throws IOException {
                if (binds.incrementAndGet() > 1 && failsLater)
                    throw new IOException("the test wants this");
                listeners.execute(listener);
                return true;
            }
        };
    }

    @Test
    void aPortThatCannotBeOpenedAnewIsGivenUp() throws Exception {
        listeners.bind(port(() -> { }, true));
        assertTrue(lost.await(20, TimeUnit.SECONDS));
        assertEquals(1 + PortListeners.MAX_ATTEMPTS, binds.get());
    }

    /** The operating system has no thread left. */
    @Test
    void anErrorWhileAPortIsOpenedAnewIsNotTheEndOfIt() throws Exception {
        listeners.bind(new Connection("dicom", "127.0.0.1", 104) {
            @Override
            public synchronized boolean bind() {
                switch (binds.incrementAndGet()) {
                    case 1 -> listeners.execute(() -> { });
                    case 2 -> throw new OutOfMemoryError("unable to create native thread: the test wants this");
                    default -> {
                        listeners.stop();
                        lost.countDown();
                    }
                }
                return true;
            }
        });
        assertTrue(lost.await(20, TimeUnit.SECONDS));
        assertEquals(3, binds.get());
    }

    @Test
    void aListenerThatEndsAtOnceEachTimeIsGivenUp() throws Exception {
        listeners.bind(port(() -> { }, false));
        assertTrue(lost.await(20, TimeUnit.SECONDS));
        assertEquals(1 + PortListeners.MAX_ATTEMPTS, binds.get());
    }

    @Test
    void aListenerThatEndsWhenTheServerStopsIsNot() throws Exception {
        listeners.bind(port(listeners::stop, false));
        timer.shutdown();
        assertTrue(timer.awaitTermination(20, TimeUnit.SECONDS));
        assertEquals(1, binds.get());
        assertEquals(1, lost.getCount());
    }

    @Test
    void whatIsNoListenerIsJustExecuted() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        listeners.execute(runs::incrementAndGet);
        timer.shutdown();
        assertTrue(timer.awaitTermination(20, TimeUnit.SECONDS));
        assertEquals(1, runs.get());
        assertEquals(0, binds.get());
    }
}

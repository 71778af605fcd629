package org.hpqr.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Large objects that are sent at once wait for each other, small ones do not. */
class SendMemoryTest {

    private static final long MEGABYTE = 1 << 20;
    private static final long LONG = TimeUnit.SECONDS.toNanos(60);

    @Test
    void largeObjectsAreSentOneAfterTheOtherIfThereIsNoRoomForTwo() throws Exception {
        SendMemory memory = new SendMemory(8 * MEGABYTE, 3);
        AtomicInteger atATime = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger sent = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 200; i++)
                all.add(threads.submit(() -> {
                    memory.send(2 * MEGABYTE, LONG, () -> {
                        most.accumulateAndGet(atATime.incrementAndGet(), Math::max);
                        Thread.yield();
                        sent.incrementAndGet();
                        atATime.decrementAndGet();
                    });
                    return null;
                }));
            for (Future<?> one : all)
                one.get(60, TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
        }
        assertEquals(200, sent.get());
        assertEquals(1, most.get());
    }

    @Test
    void smallObjectIsSentWhileAllRoomIsTaken() throws Exception {
        SendMemory memory = new SendMemory(MEGABYTE, 3);
        boolean[] sent = new boolean[1];
        memory.send(MEGABYTE, LONG, () -> memory.send(10_000, 0, () -> sent[0] = true));
        assertTrue(sent[0]);
    }

    @Test
    void waitingHasALimitAndRoomIsGivenBack() throws Exception {
        SendMemory memory = new SendMemory(MEGABYTE, 3);
        memory.send(MEGABYTE, LONG, () -> assertThrows(IOException.class, () -> memory.send(MEGABYTE, 0, () -> { })));
        assertThrows(IOException.class, () -> memory.send(MEGABYTE, 0, () -> {
            throw new IOException("the test wants this");
        }));
        boolean[] sent = new boolean[1];
        memory.send(MEGABYTE, 0, () -> sent[0] = true);
        assertTrue(sent[0]);
    }

    @Test
    void objectLargerThanAllRoomIsSentAlone() throws Exception {
        boolean[] sent = new boolean[1];
        new SendMemory(MEGABYTE, 3).send(50 * MEGABYTE, 0, () -> sent[0] = true);
        assertTrue(sent[0]);
    }

    @Test
    void roomThatIsClosedTwiceIsGivenBackOnce() throws Exception {
        SendMemory memory = new SendMemory(MEGABYTE, 3);
        SendMemory.Room first = memory.take(MEGABYTE, 0);
        first.close();
        first.close();
        memory.take(MEGABYTE, 0);
        assertThrows(IOException.class, () -> memory.take(MEGABYTE, 0));
    }
}

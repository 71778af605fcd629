package org.hpqr.standalone.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.hpqr.spi.User;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordLoginTest {

    private static final int REQUESTS = 8;

    /** What the page sends when it is loaded: many requests at once, and a hash takes a fifth of a second. */
    @Test
    void requestsThatWaitForTheFirstHashNeedNoneThemselves(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("users");
        UserFiles.add(file, "anna", "correct horse", "admin");
        AtomicInteger asked = new AtomicInteger();
        PasswordLogin login = new PasswordLogin(file, new WrongPasswords(asked::incrementAndGet));
        ConcurrentLinkedQueue<Optional<User>> answers = new ConcurrentLinkedQueue<>();
        List<Thread> requests = Stream.generate(() -> new Thread(() -> {
            try {
                answers.add(login.verify("anna", "correct horse".toCharArray(), "192.0.2.1"));
            } catch (TooManyWrongPasswordsException e) {
                throw new AssertionError(e);
            }
        })).limit(REQUESTS).toList();

        PasswordLogin.HASHING.acquire(PasswordLogin.HASHES_AT_ONCE);
        try {
            requests.forEach(Thread::start);
            while (PasswordLogin.HASHING.getQueueLength() < REQUESTS)
                Thread.onSpinWait();
        } finally {
            PasswordLogin.HASHING.release(PasswordLogin.HASHES_AT_ONCE);
        }
        for (Thread request : requests)
            request.join();

        assertEquals(REQUESTS, answers.stream().filter(Optional::isPresent).count());
        // once by each before it waits, and once more before a hash
        int hashes = asked.get() - REQUESTS;
        assertTrue(hashes <= PasswordLogin.HASHES_AT_ONCE, () -> hashes + " hashes");
    }
}

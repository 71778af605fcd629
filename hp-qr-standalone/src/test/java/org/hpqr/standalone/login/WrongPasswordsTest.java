package org.hpqr.standalone.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How fast passwords can be guessed. */
class WrongPasswordsTest {

    private static final String HERE = "192.0.2.1";
    private static final String ELSEWHERE = "192.0.2.2";

    /** A clock may have any value, also one that overflows soon. */
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(100));
    private final WrongPasswords wrong = new WrongPasswords(now::get);

    private void add(int count, String address, String user) {
        for (int i = 0; i < count; i++)
            wrong.add(address, user);
    }

    private void pass(long seconds) {
        now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void afterSomeWrongPasswordsForAUserOneAMinuteMayBeTried() {
        add(WrongPasswords.OF_USER - 1, HERE, "anna");
        assertEquals(0, wrong.secondsToWait(HERE, "anna"));
        wrong.add(HERE, "anna");
        assertEquals(60, wrong.secondsToWait(HERE, "anna"));
        pass(59);
        assertEquals(1, wrong.secondsToWait(HERE, "anna"));
        pass(1);
        assertEquals(0, wrong.secondsToWait(HERE, "anna"));
        wrong.add(HERE, "anna");
        assertEquals(60, wrong.secondsToWait(HERE, "anna"));
    }

    @Test
    void allIsForgottenInTime() {
        add(WrongPasswords.OF_USER, HERE, "anna");
        pass(WrongPasswords.OF_USER * WrongPasswords.SECONDS_OF_USER);
        add(WrongPasswords.OF_USER - 1, HERE, "anna");
        assertEquals(0, wrong.secondsToWait(HERE, "anna"));
    }

    @Test
    void othersAreNotKeptWaiting() {
        add(WrongPasswords.OF_USER, HERE, "anna");
        assertEquals(0, wrong.secondsToWait(HERE, "bert"), "another user");
        assertEquals(0, wrong.secondsToWait(ELSEWHERE, "anna"), "the user, somewhere else");
    }

    @Test
    void whoTriesManyUsersWaitsForAllOfThem() {
        for (int i = 0; i < WrongPasswords.OF_ADDRESS; i++)
            wrong.add(HERE, "user " + i);
        assertEquals(10, wrong.secondsToWait(HERE, "anna"));
        assertEquals(0, wrong.secondsToWait(ELSEWHERE, "anna"));
    }

    @ParameterizedTest
    @CsvSource({"2001:db8:1:2::1, 2001:db8:1:2:ffff::, 60", "2001:db8:1:2::1, 2001:db8:1:3::1, 0", "no:address, no:address, 60", "::ffff:192.0.2.1, 192.0.2.2, 0"})
    void whoHasOneIpv6AddressHasTheWholeNetwork(String one, String other, long seconds) {
        add(WrongPasswords.OF_USER, one, "anna");
        assertEquals(seconds, wrong.secondsToWait(other, "anna"));
    }

    @ParameterizedTest
    @CsvSource({"a:b, c:d", "'', ' '"})
    void namesThatNobodyHasAreOneUser(String one, String other) {
        add(WrongPasswords.OF_USER, HERE, one);
        assertEquals(60, wrong.secondsToWait(HERE, other));
    }

    @Test
    void thoseThatAreLongestAgoAreDropped() {
        add(WrongPasswords.OF_USER, HERE, "anna");
        for (int i = 1; i < WrongPasswords.MAX_SOURCES; i++)
            wrong.add("10.0." + i / 256 + '.' + i % 256, "anna");
        assertEquals(60, wrong.secondsToWait(HERE, "anna"));
        wrong.add(ELSEWHERE, "anna");
        assertEquals(0, wrong.secondsToWait(HERE, "anna"));
    }

    /** The right password, too: else guesses would be answered. */
    @Test
    void noPasswordIsLookedAtMeanwhile(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("users");
        UserFiles.add(file, "anna", "correct horse");
        PasswordLogin login = new PasswordLogin(file, wrong);
        assertTrue(login.verify("anna", "correct horse".toCharArray(), HERE).isPresent());
        for (String name : new String[] {"anna", "bert"})
            for (int i = 0; i < WrongPasswords.OF_USER; i++)
                assertEquals(Optional.empty(), login.verify(name, "wrong horse".toCharArray(), HERE));

        assertEquals(60, assertThrows(TooManyWrongPasswordsException.class,
                () -> login.verify("anna", "correct horse".toCharArray(), HERE)).secondsToWait());
        assertThrows(TooManyWrongPasswordsException.class, () -> login.verify("bert", "correct horse".toCharArray(), HERE),
                "nobody learns who exists");
        assertTrue(login.verify("anna", "correct horse".toCharArray(), ELSEWHERE).isPresent());
        pass(60);
        assertTrue(login.verify("anna", "correct horse".toCharArray(), HERE).isPresent());
    }

    /** Hashing takes its time, in which guesses wait for each other. */
    @Test
    void noPasswordIsLookedAtThatWaitedWhileOthersWereWrong(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("users");
        UserFiles.add(file, "anna", "correct horse");
        AtomicInteger asked = new AtomicInteger();
        AtomicReference<WrongPasswords> others = new AtomicReference<>();
        others.set(new WrongPasswords(() -> {
            // the first question is before the wait, the second after it
            if (asked.incrementAndGet() == 2)
                for (int i = 0; i < WrongPasswords.OF_USER; i++)
                    others.get().add(HERE, "anna");
            return 0;
        }));
        PasswordLogin login = new PasswordLogin(file, others.get());

        assertThrows(TooManyWrongPasswordsException.class, () -> login.verify("anna", "correct horse".toCharArray(), HERE));
    }
}

package org.hpqr.standalone.login;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Slows down who guesses passwords: by user and address, and by address alone. So nobody locks out a user who comes from another
 * address. Thread-safe; its size is bounded.
 */
final class WrongPasswords {

    /** Wrong passwords for one user from one address that may follow each other; after them, one a minute. */
    static final int OF_USER = 5;
    static final long SECONDS_OF_USER = 60;
    /** Wrong passwords for whichever users from one address; after them, one in ten seconds. */
    static final int OF_ADDRESS = 50;
    static final long SECONDS_OF_ADDRESS = 10;
    /** Users with their addresses, and addresses, that are remembered. */
    static final int MAX_SOURCES = 10_000;

    /** Who has one IPv6 address has all that begin like it (RFC 4291 2.5.4). */
    private static final int IPV6_PREFIX_BYTES = 8;
    private static final int MAX_ADDRESS_LENGTH = 64;

    private final LongSupplier clock;
    private final Sources users = new Sources(OF_USER, SECONDS_OF_USER);
    private final Sources addresses = new Sources(OF_ADDRESS, SECONDS_OF_ADDRESS);

    /** @param clock nanoseconds since any time */
    WrongPasswords(LongSupplier clock) {
        this.clock = clock;
    }

    /** Seconds until another password for this user may be tried from this address; 0: at once. */
    synchronized long secondsToWait(String address, String user) {
        long now = clock.getAsLong();
        String network = network(address);
        long nanos = Math.max(users.toWait(source(network, user), now), addresses.toWait(network, now));
        return (nanos + TimeUnit.SECONDS.toNanos(1) - 1) / TimeUnit.SECONDS.toNanos(1);
    }

    /** A password for this user, who need not exist, was wrong. */
    synchronized void add(String address, String user) {
        long now = clock.getAsLong();
        String network = network(address);
        users.add(source(network, user), now);
        addresses.add(network, now);
    }

    /** Names that nobody can have are one. */
    private static String source(String network, String user) {
        return network + ' ' + (UsersFile.isName(user) ? user : "");
    }

    /** A text with a colon is an IPv6 address or nothing: no name is looked up. */
    private static String network(String address) {
        String bounded = address.substring(0, Math.min(address.length(), MAX_ADDRESS_LENGTH));
        if (bounded.indexOf(':') < 0)
            return bounded;
        try {
            byte[] bytes = InetAddress.getByName(bounded).getAddress();
            return Arrays.toString(Arrays.copyOf(bytes, IPV6_PREFIX_BYTES));
        } catch (UnknownHostException e) {
            return bounded;
        }
    }

    /** Until when the wrong passwords of each source are remembered: each for the same time, one after the other. */
    private static final class Sources {

        private final long each;
        private final long allowed;
        private final Map<String, Long> forgotten = new LinkedHashMap<>() {

            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                return size() > MAX_SOURCES;
            }
        };

        private Sources(int allowed, long seconds) {
            this.each = TimeUnit.SECONDS.toNanos(seconds);
            this.allowed = (allowed - 1) * each;
        }

        private long toWait(String source, long now) {
            Long until = forgotten.get(source);
            return until == null ? 0 : Math.max(0, until - now - allowed);
        }

        /** The one with the latest wrong password is the last to be dropped. */
        private void add(String source, long now) {
            Long until = forgotten.remove(source);
            forgotten.put(source, (until == null || until - now < 0 ? now : until) + each);
        }
    }
}

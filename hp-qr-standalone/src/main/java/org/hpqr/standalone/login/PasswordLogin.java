package org.hpqr.standalone.login;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.hpqr.spi.User;
import org.hpqr.standalone.login.UsersFile.Entry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies the passwords of the users in a file, which is read again when it has changed. HTTP clients send the password with
 * each request: one that was right is recognized again without the work of its hash, as long as the user's line is the same.
 */
public final class PasswordLogin {

    private static final Logger LOG = LoggerFactory.getLogger(PasswordLogin.class);

    /** Hashing is made to be slow: nobody is to keep all processors busy with guesses. */
    static final int HASHES_AT_ONCE = 2;
    static final Semaphore HASHING = new Semaphore(HASHES_AT_ONCE);
    private static final int MAX_RECOGNIZED = 1_000;
    private static final String MAC = "HmacSHA256";
    /** What the password of a user who does not exist is compared with, so that it takes as long. */
    private static final PasswordHash NOBODY = PasswordHash.of("nobody".toCharArray());

    private final Path file;
    private final WrongPasswords wrong;
    private final SecretKeySpec key;
    private Map<String, Entry> users = Map.of();
    private FileTime modified;
    /** The right passwords as a code that only this process can make. */
    private final Map<Entry, byte[]> recognized = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Entry, byte[]> eldest) {
            return size() > MAX_RECOGNIZED;
        }
    };

    /**
     * @param file of the users
     * @throws IOException it cannot be read, or is malformed
     */
    public PasswordLogin(Path file) throws IOException {
        this(file, new WrongPasswords(System::nanoTime));
    }

    PasswordLogin(Path file, WrongPasswords wrong) throws IOException {
        this.file = file;
        this.wrong = wrong;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        key = new SecretKeySpec(random, MAC);
        read();
    }

    private synchronized void read() throws IOException {
        FileTime now = Files.getLastModifiedTime(file);
        if (now.equals(modified))
            return;
        users = UsersFile.read(file);
        modified = now;
    }

    /**
     * Finds the user with this name and password.
     *
     * @param address IP address of who gives the password, as text
     * @return empty if there is no such user, or the password is another one
     * @throws TooManyWrongPasswordsException the password is not looked at, whether it is right or wrong
     */
    public Optional<User> verify(String name, char[] password, String address) throws TooManyWrongPasswordsException {
        checkWait(address, name);
        Entry entry = find(name);
        byte[] code = code(password);
        boolean right = isRecognized(entry, code) || isRightByHash(entry, name, password, code, address);
        return right ? Optional.of(new User(entry.name(), entry.roles(), true)) : Optional.empty();
    }

    private void checkWait(String address, String name) throws TooManyWrongPasswordsException {
        long seconds = wrong.secondsToWait(address, name);
        if (seconds > 0)
            throw new TooManyWrongPasswordsException(seconds);
    }

    /** The roles of a user whom a peer names, with nothing to prove it; empty if there is no such user. */
    public Optional<User> named(String name) {
        return Optional.ofNullable(find(name)).map(entry -> new User(entry.name(), entry.roles(), false));
    }

    private Entry find(String name) {
        try {
            read();
        } catch (IOException e) {
            LOG.error("The users file cannot be read, so its users cannot log in: {}", e.toString());
            return null;
        }
        synchronized (this) {
            return users.get(name);
        }
    }

    /** @param entry {@code null} for a user who does not exist */
    private boolean isRecognized(Entry entry, byte[] code) {
        synchronized (recognized) {
            byte[] known = recognized.get(entry);
            return known != null && MessageDigest.isEqual(known, code);
        }
    }

    /** @param entry {@code null} for a user who does not exist, which nobody is to know by the time it takes */
    private boolean isRightByHash(Entry entry, String name, char[] password, byte[] code, String address)
            throws TooManyWrongPasswordsException {
        HASHING.acquireUninterruptibly();
        try {
            // a page sends many requests at once, and one hash is enough for all of them
            if (isRecognized(entry, code))
                return true;
            // others may have been wrong while this one waited
            checkWait(address, name);
            boolean right = (entry == null ? NOBODY : entry.password()).isOf(password) && entry != null;
            if (right)
                recognize(entry, code);
            else
                wrong.add(address, name);
            return right;
        } finally {
            HASHING.release();
        }
    }

    private void recognize(Entry entry, byte[] code) {
        synchronized (recognized) {
            recognized.put(entry, code);
        }
    }

    private byte[] code(char[] password) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
            mac.update(bytes);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + MAC, e);
        }
    }
}

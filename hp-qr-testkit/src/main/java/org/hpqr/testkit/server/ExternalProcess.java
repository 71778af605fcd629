package org.hpqr.testkit.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A program under test or a peer: its output is read as it comes, waiting for it has a limit, and it is not left behind. */
public final class ExternalProcess implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(200);
    /** A server can log the same failure without end: the oldest lines are forgotten. */
    private static final int MAX_LINES = 100_000;

    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final Thread reader;
    /** How many lines there were before those that are kept. */
    private int forgotten;

    /**
     * Starts a program.
     *
     * @param environment added to that of this process
     */
    public ExternalProcess(Path directory, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Path pipe = pipe();
        reader = new Thread(() -> read(pipe), "output of " + command.get(0));
        reader.setDaemon(true);
        reader.start();
        try {
            process = builder.redirectOutput(pipe.toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a program to its end, which is to be a success, and returns what it said. */
    public static List<String> run(Path directory, List<String> command) {
        try (ExternalProcess process = new ExternalProcess(directory, Map.of(), command)) {
            int code = process.awaitEnd();
            if (code != 0)
                throw new AssertionError(command + " ended with " + code + ":\n" + process.output());
            return process.lines();
        }
    }

    /** Java's own pipe ends with the process, although what it started may still have something to say. */
    private static Path pipe() {
        try {
            Path pipe = Files.createTempDirectory("hpqr-output").resolve("pipe");
            if (new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() != 0)
                throw new AssertionError("mkfifo made no " + pipe);
            return pipe;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Opens the pipe, which waits for the process to do so, and reads until nobody can write to it any more. */
    private void read(Path pipe) {
        try (BufferedReader output = Files.newBufferedReader(pipe, Charset.defaultCharset())) {
            Files.delete(pipe);
            Files.delete(pipe.getParent());
            for (String line = output.readLine(); line != null; line = output.readLine())
                add(line);
        } catch (IOException e) {
            add(e.toString());
        }
    }

    private synchronized void add(String line) {
        if (lines.size() == MAX_LINES) {
            lines.subList(0, MAX_LINES / 2).clear();
            forgotten += MAX_LINES / 2;
        }
        lines.add(line);
        notifyAll();
    }

    /** What it has said: the last 50,000 lines at least. */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    public String output() {
        return String.join("\n", lines());
    }

    /** Waits until it has said a line like this, and returns it. */
    public synchronized String awaitLine(Predicate<String> like) {
        long end = System.nanoTime() + LIMIT.toNanos();
        try {
            for (int seen = forgotten;; seen++) {
                while (seen == forgotten + lines.size()) {
                    if (!reader.isAlive() || System.nanoTime() - end > 0)
                        throw new AssertionError("the line that was waited for did not come:\n" + output());
                    wait(100);
                }
                seen = Math.max(seen, forgotten);
                String line = lines.get(seen - forgotten);
                if (like.test(line))
                    return line;
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits for its end and returns the exit code. */
    public int awaitEnd() {
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
                throw new AssertionError("does not end:\n" + output());
            reader.join(LIMIT.toMillis());
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Asks it to end: SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** It and what it started and still runs. */
    public List<ProcessHandle> handles() {
        List<ProcessHandle> handles = new ArrayList<>(process.descendants().toList());
        handles.add(process.toHandle());
        return handles;
    }

    /** Ends what still runs; when it returns, the program itself has ended, and its port is free. */
    @Override
    public void close() {
        List<ProcessHandle> left = handles();
        left.forEach(ProcessHandle::destroyForcibly);
        try {
            process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

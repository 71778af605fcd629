package org.hpqr.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Starts programs, waits for them, and tells what processor time they took. */
final class Programs {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    /** Of the times in /proc: USER_HZ, which is 100 on every Linux. */
    private static final long NANOS_PER_TICK = 10_000_000;
    private static final int UTIME = 11;
    private static final int STIME = 12;

    private Programs() {
    }

    static Process start(Path directory, Path log, Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    static void await(Process process, Path log, BooleanSupplier ready) throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!ready.getAsBoolean()) {
            if (process.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() - end > 0)
                throw new IOException("did not start, see " + log);
        }
    }

    /** Processor time of a process and all its children, those that have ended and were waited for included. */
    static long cpuNanos(ProcessHandle process) {
        return process.descendants().mapToLong(Programs::ownCpuNanos).sum() + ownCpuNanos(process);
    }

    private static long ownCpuNanos(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) * NANOS_PER_TICK;
        } catch (IOException e) {
            return 0;
        }
    }
}

package org.hpqr.standalone;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;

/** The process of the WildFly that the standalone server runs in, alone. */
final class ServerProcess {

    /** Exit code of a server that could not start. */
    private static final int FAILED = 1;

    private static final long POLL_MILLIS = 100;
    private static final long MAX_BOOT_SECONDS = 60;

    private ServerProcess() {
    }

    /**
     * Says why the server cannot start, and ends the process. An exception instead would be reported three times, with
     * all its causes, and leave a process that serves nothing.
     *
     * <p>The process ends when the boot is over: ending it before would interrupt the boot, which reports that, too.
     */
    static void fail(Logger log, Exception reason) {
        ConfigurationException wrong = find(reason);
        if (wrong == null)
            log.error("hp-qr cannot start: {}", reason, reason);
        else
            log.error("hp-qr cannot start: {}", wrong.getMessage());
        end(FAILED);
    }

    /**
     * From now on a signal to end (SIGTERM, or SIGINT of a terminal) is what an administrator wants: exit code 0. Java by itself
     * would end in the same order, with an exit code that service managers take for a failure.
     *
     * <p>Java has nothing but {@code sun.misc.Signal} for that. The compiler's warning of it cannot be suppressed, hence the reflection.
     */
    static void endWellOnSignals() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object exit = Proxy.newProxyInstance(ServerProcess.class.getClassLoader(), new Class<?>[]{handler}, (proxy, method, received) -> {
                System.exit(0);
                return null;
            });
            for (String name : List.of("TERM", "INT"))
                signal.getMethod("handle", signal, handler).invoke(null, signal.getConstructor(String.class).newInstance(name), exit);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("This Java has no sun.misc.Signal", e);
        }
    }

    /** Ends the process, in another thread: what ends waits for the caller. */
    static void end(int exitCode) {
        new Thread(() -> {
            awaitEndOfBoot();
            System.exit(exitCode);
        }, "hp-qr-exit").start();
    }

    /** Does something when the boot is over, and says why the server cannot start if that fails. */
    static void afterBoot(Logger log, Runnable action) {
        new Thread(() -> {
            awaitEndOfBoot();
            try {
                action.run();
            } catch (RuntimeException e) {
                fail(log, e);
            }
        }, "hp-qr-after-boot").start();
    }

    /** What the administrator can fix, if it is that; the container may have wrapped it. */
    private static ConfigurationException find(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause())
            if (cause instanceof ConfigurationException found)
                return found;
        return null;
    }

    private static void awaitEndOfBoot() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_BOOT_SECONDS);
        try {
            while (isBooting() && System.nanoTime() - end < 0)
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@code false} also if that cannot be found out. */
    private static boolean isBooting() {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        try {
            return "starting".equals(beans.getAttribute(new ObjectName("jboss.root:type=state"), "ProcessState"));
        } catch (JMException e) {
            return false;
        }
    }
}

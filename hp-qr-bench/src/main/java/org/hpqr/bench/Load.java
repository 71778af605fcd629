package org.hpqr.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;

/** Runs something over several associations at once for a while. */
final class Load {

    /** What one association does. */
    interface Worker extends AutoCloseable {

        /**
         * One operation.
         *
         * @param count how many there were before
         * @return matches or objects in it
         */
        int perform(int count) throws Exception;

        @Override
        void close();
    }

    /** Makes the worker with this number. */
    interface Workers {
        Worker open(int number);
    }

    private final LongSupplier serverCpu;
    private final LongSupplier databaseCpu;

    Load(LongSupplier serverCpu, LongSupplier databaseCpu) {
        this.serverCpu = serverCpu;
        this.databaseCpu = databaseCpu;
    }

    /** Of one association: the times of its operations, and how many items they had. */
    private record Times(List<Long> nanos, long items) {
    }

    /** Opens the associations, then lets each work for that long; an operation that has begun is ended. */
    Window run(Workers workers, int associations, long nanos) throws Exception {
        List<Worker> open = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(associations);
        try {
            for (int i = 0; i < associations; i++)
                open.add(workers.open(i));
            CyclicBarrier start = new CyclicBarrier(associations);
            List<Callable<Times>> work = open.stream().map(worker -> (Callable<Times>) () -> {
                start.await();
                return work(worker, nanos);
            }).toList();
            return measured(() -> {
                List<Times> all = new ArrayList<>();
                for (Future<Times> one : threads.invokeAll(work))
                    all.add(result(one));
                return all;
            });
        } finally {
            threads.shutdownNow();
            for (Worker worker : open)
                worker.close();
        }
    }

    /** Measures loops that run elsewhere, and whose times come as lines of nanoseconds. */
    Window run(Callable<String> loops) throws Exception {
        return measured(() -> loops.call().lines().map(line -> {
            List<Long> times = Arrays.stream(line.split(" ")).map(Long::valueOf).toList();
            return new Times(times, times.size());
        }).toList());
    }

    private Window measured(Callable<List<Times>> work) throws Exception {
        long server = serverCpu.getAsLong();
        long database = databaseCpu.getAsLong();
        List<Times> all = work.call();
        server = serverCpu.getAsLong() - server;
        database = databaseCpu.getAsLong() - database;
        long[] nanos = all.stream().flatMap(times -> times.nanos.stream()).mapToLong(Long::longValue).sorted().toArray();
        double rate = all.stream().mapToDouble(times ->
                times.nanos.size() / (times.nanos.stream().mapToLong(Long::longValue).sum() / 1e9)).sum();
        double items = (double) all.stream().mapToLong(Times::items).sum() / nanos.length;
        return new Window(nanos, rate, items, (double) server / nanos.length, (double) database / nanos.length);
    }

    private static Times work(Worker worker, long nanos) throws Exception {
        List<Long> times = new ArrayList<>();
        long items = 0;
        long begin = System.nanoTime();
        long end = begin + nanos;
        do {
            items += worker.perform(times.size());
            long now = System.nanoTime();
            times.add(now - begin);
            begin = now;
        } while (begin < end);
        return new Times(times, items);
    }

    private static Times result(Future<Times> future) throws Exception {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}

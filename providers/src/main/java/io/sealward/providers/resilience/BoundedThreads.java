package io.sealward.providers.resilience;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A few threads for calls that block. */
public final class BoundedThreads {
    private static final long IDLE_SECONDS = 30;

    private BoundedThreads() {}

    /**
     * Daemon threads that end when they have nothing to do, and a queue before them. The caller shuts them down.
     *
     * @param name in the names of the threads, before a number
     * @param threads how many there are at most
     * @param waiting how much the queue takes; what comes on top fails with a {@link RejectedExecutionException}
     */
    public static ThreadPoolExecutor of(String name, int threads, int waiting) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(waiting), work -> {
                    Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}

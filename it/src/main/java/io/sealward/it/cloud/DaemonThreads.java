package io.sealward.it.cloud;

import java.util.concurrent.ThreadFactory;

/** Threads that never keep a process alive. */
public final class DaemonThreads {
    private DaemonThreads() {}

    public static ThreadFactory named(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}

package io.sealward.it.bench;

import io.netty.util.internal.PlatformDependent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/**
 * The most memory this JVM has had in use: objects on the heap, garbage included, and direct buffers, Netty's own and the JDK's.
 */
final class MemoryPeak {
    private static final long INTERVAL_MILLIS = 20;

    private volatile long heapBytes;
    private volatile long directBytes;

    private MemoryPeak() {}

    static MemoryPeak watch() {
        MemoryPeak peak = new MemoryPeak();
        Thread sampler = new Thread(peak::sample, "memory-peak");
        sampler.setDaemon(true);
        sampler.start();
        return peak;
    }

    /** Bytes of heap and of direct memory. */
    String line() {
        return heapBytes + " " + directBytes;
    }

    private void sample() {
        var memory = ManagementFactory.getMemoryMXBean();
        var pools = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class);
        try {
            while (true) {
                long direct = Math.max(0, PlatformDependent.usedDirectMemory());
                for (BufferPoolMXBean pool : pools) {
                    if (pool.getName().equals("direct")) {
                        direct += pool.getMemoryUsed();
                    }
                }
                heapBytes = Math.max(heapBytes, memory.getHeapMemoryUsage().getUsed());
                directBytes = Math.max(directBytes, direct);
                Thread.sleep(INTERVAL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

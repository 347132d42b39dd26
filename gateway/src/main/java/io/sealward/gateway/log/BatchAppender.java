package io.sealward.gateway.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * An appender to standard error for a logger that tells of each request. Who logs neither formats nor waits: a thread of the
 * appender formats the events of {@value #PAUSE_MILLIS} ms and writes them at once, so that a request costs no wake-up and no system
 * call of its own. Where {@value #QUEUED} events wait, later ones are lost.
 *
 * <p>The arguments of an event are read later, by that thread, so they must be immutable. {@link #stop} writes what is queued,
 * and waits at most {@value #STOP_MILLIS} ms for it.
 */
public final class BatchAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private static final int QUEUED = 8192;
    private static final int WRITTEN_AT_ONCE_BYTES = 64 * 1024;
    private static final long PAUSE_MILLIS = 20;
    private static final long STOP_MILLIS = 1000;

    private final BlockingQueue<ILoggingEvent> queue = new ArrayBlockingQueue<>(QUEUED);
    private final Thread writer = new Thread(this::write, "access-log");
    private Encoder<ILoggingEvent> encoder;
    private volatile boolean asleep;

    /** Called once, by what reads the configuration, before {@link #start}. */
    public void setEncoder(Encoder<ILoggingEvent> encoder) {
        this.encoder = encoder;
    }

    @Override
    public void start() {
        super.start();
        writer.setDaemon(true);
        writer.start();
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (queue.offer(event) && asleep) {
            LockSupport.unpark(writer);
        }
    }

    @Override
    public void stop() {
        super.stop();
        LockSupport.unpark(writer);
        try {
            writer.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        List<ILoggingEvent> batch = new ArrayList<>();
        while (isStarted() || !queue.isEmpty()) {
            if (queue.drainTo(batch) == 0) {
                awaitEvent();
            } else {
                write(batch);
                batch.clear();
                LockSupport.parkNanos(PAUSE_MILLIS * 1_000_000);
            }
        }
    }

    private void awaitEvent() {
        asleep = true;
        if (queue.isEmpty() && isStarted()) {
            LockSupport.park(this);
        }
        asleep = false;
    }

    private void write(List<ILoggingEvent> batch) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (ILoggingEvent event : batch) {
            lines.writeBytes(encoded(event));
            if (lines.size() > WRITTEN_AT_ONCE_BYTES) {
                print(lines);
            }
        }
        print(lines);
    }

    /** Nothing, where an event cannot be formatted: the lines after it count more. */
    private byte[] encoded(ILoggingEvent event) {
        try {
            return encoder.encode(event);
        } catch (RuntimeException e) {
            addError("an event cannot be formatted", e);
            return new byte[0];
        }
    }

    private static void print(ByteArrayOutputStream lines) {
        System.err.write(lines.toByteArray(), 0, lines.size());
        System.err.flush();
        lines.reset();
    }
}

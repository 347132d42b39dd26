package io.sealward.it.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Stands between a gateway and its store, byte for byte. It remembers what goes to the store, and can break off or stall. */
public final class Relay implements AutoCloseable {
    private static final long NEVER = Long.MAX_VALUE;

    /** What to do to the bytes of one direction once so many of them have passed. */
    private enum Fault {
        RESET,
        STALL
    }

    private static final int BUFFER_BYTES = 64 << 10;

    private final URI store;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Direction toStore = new Direction();
    private final Direction fromStore = new Direction();

    public Relay(URI store) {
        this.store = store;
        try {
            listener = new ServerSocket();
            listener.setReceiveBufferSize(BUFFER_BYTES); // a kernel with more would take what the relay does not
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        inBackground(this::accept);
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** What went to the store since the last {@link #forget}. */
    public byte[] sent() {
        return toStore.passed();
    }

    /** Forgets what has passed, and lets everything pass from now on. */
    public void forget() {
        toStore.arm(NEVER, Fault.RESET);
        fromStore.arm(NEVER, Fault.RESET);
    }

    /** Resets both connections, once, when so many more bytes have gone to the store. */
    public void resetAfterSent(long bytes) {
        toStore.arm(bytes, Fault.RESET);
    }

    /** Resets both connections, once, when so many more bytes have come from the store. */
    public void resetAfterReceived(long bytes) {
        fromStore.arm(bytes, Fault.RESET);
    }

    /** Holds back what the store says after so many more bytes, until {@link #forget}. */
    public void stallAfterReceived(long bytes) {
        fromStore.arm(bytes, Fault.STALL);
    }

    /** Takes nothing more for the store after so many more bytes, until {@link #forget}. */
    public void stallAfterSent(long bytes) {
        toStore.arm(bytes, Fault.STALL);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        forget();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private static final class Direction {
        private ByteArrayOutputStream passed = new ByteArrayOutputStream();
        private CountDownLatch released = new CountDownLatch(0);
        private long left = NEVER;
        private Fault fault = Fault.RESET;

        synchronized void arm(long bytes, Fault what) {
            released.countDown();
            released = new CountDownLatch(1);
            passed = new ByteArrayOutputStream();
            left = bytes;
            fault = what;
        }

        synchronized byte[] passed() {
            return passed.toByteArray();
        }

        /** How many of these bytes may pass now. */
        synchronized int admit(byte[] bytes, int length) {
            int admitted = (int) Math.min(left, length);
            passed.write(bytes, 0, admitted);
            left -= left == NEVER ? 0 : admitted;
            return admitted;
        }

        synchronized Fault spring() {
            if (fault == Fault.RESET) {
                left = NEVER;
            }
            return fault;
        }

        void awaitRelease() throws InterruptedException {
            CountDownLatch latch;
            synchronized (this) {
                latch = released;
            }
            latch.await();
        }
    }

    private void accept() {
        try {
            while (!listener.isClosed()) {
                Socket client = listener.accept();
                Socket server = new Socket(store.getHost(), store.getPort());
                sockets.addAll(Set.of(client, server));
                inBackground(() -> pump(client, server, toStore));
                inBackground(() -> pump(server, client, fromStore));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private static void pump(Socket from, Socket to, Direction direction) {
        byte[] buffer = new byte[16 << 10];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                int admitted = direction.admit(buffer, read);
                out.write(buffer, 0, admitted);
                if (admitted < read) {
                    if (direction.spring() == Fault.RESET) {
                        from.setSoLinger(true, 0);
                        to.setSoLinger(true, 0);
                        return;
                    }
                    direction.awaitRelease();
                    out.write(Arrays.copyOfRange(buffer, admitted, read));
                }
            }
        } catch (IOException e) {
            // either side has gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void inBackground(Runnable task) {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        thread.start();
    }
}

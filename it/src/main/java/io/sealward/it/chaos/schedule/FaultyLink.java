package io.sealward.it.chaos.schedule;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sealward.it.store.S3Target;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** What stands between the gateway and its store, passes bytes on, and harms the next exchange that its harm fits. */
final class FaultyLink implements AutoCloseable {
    private static final int BUFFER_BYTES = 16 << 10;
    private static final long SLOWNESS_MILLIS = 20;
    private static final byte[] REFUSAL =
            "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1);
    private static final Harm NONE = new Harm(Kind.NONE, 0);

    private final S3Target store;
    private final ServerSocket listener;
    private final AtomicReference<Harm> next = new AtomicReference<>(NONE);
    private final AtomicReference<Tripwire> wire = new AtomicReference<>(Tripwire.NONE);
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "faulty-link");
        thread.setDaemon(true);
        return thread;
    });

    /** What happens to an exchange. */
    enum Kind {
        NONE,
        REFUSE,
        RESET_REQUEST,
        RESET_ANSWER,
        TRUNCATE,
        SLOW,
        FLIP
    }

    /** @param at after so many bytes of the request, or of the answer */
    record Harm(Kind kind, long at) {}

    FaultyLink(S3Target store) throws IOException {
        this.store = store;
        this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    S3Target target() {
        return S3Target.of(
                URI.create("http://127.0.0.1:" + listener.getLocalPort()), store.accessKey(), store.secretKey());
    }

    /** The next piece of a request, or of an answer, that this harm can befall is harmed; one at a time. */
    void harm(Harm harm) {
        next.set(harm);
    }

    /** It lies across the connection of the next request that it is for. */
    void lay(Tripwire tripwire) {
        wire.set(tripwire);
    }

    void heal() {
        next.set(NONE);
        wire.set(Tripwire.NONE);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server =
                        new Socket(store.endpoint().getHost(), store.endpoint().getPort());
                Exchange exchange = new Exchange(client, server);
                threads.execute(() -> exchange.pump(exchange::request));
                threads.execute(() -> exchange.pump(exchange::answer));
            } catch (IOException closing) {
                // or a store that is closing; the gateway meets a connection that ends
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** A connection of the gateway and the one to the store that it goes on in. */
    private final class Exchange {
        private final Socket client;
        private final Socket server;
        private volatile Harm harm = NONE;
        private volatile boolean reading;
        private volatile Tripwire across = Tripwire.NONE;

        Exchange(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void request() throws IOException, InterruptedException {
            InputStream in = client.getInputStream();
            byte[] piece = new byte[BUFFER_BYTES];
            long passed = 0;
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                reading =
                        new String(piece, 0, Math.min(count, 4), ISO_8859_1).equals("GET ") || (reading && passed > 0);
                if (take()) {
                    passed = 0;
                }
                cross(new String(piece, 0, count, ISO_8859_1));
                passed += count;
                if (harm.kind() == Kind.REFUSE) {
                    client.getOutputStream().write(REFUSAL);
                    return;
                }
                if (harm.kind() == Kind.RESET_REQUEST && passed > harm.at()) {
                    server.getOutputStream().write(piece, 0, (int) (harm.at() - (passed - count)));
                    reset();
                    return;
                }
                across.pass(server.getOutputStream(), piece, count);
            }
        }

        void answer() throws IOException, InterruptedException {
            OutputStream out = client.getOutputStream();
            InputStream in = server.getInputStream();
            byte[] piece = new byte[BUFFER_BYTES];
            long passed = 0;
            Harm before = NONE;
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                Harm now = harm;
                if (!now.equals(before)) {
                    before = now;
                    passed = 0;
                }
                int within = (int) Math.max(0, Math.min(count - 1L, now.at() - passed));
                boolean reached = passed + count > now.at();
                switch (now.kind()) {
                    case SLOW -> Thread.sleep(SLOWNESS_MILLIS);
                    case FLIP -> {
                        if (reached && reading) {
                            piece[within] ^= 1;
                            harm = NONE;
                        }
                    }
                    case RESET_ANSWER, TRUNCATE -> {
                        if (reached) {
                            out.write(piece, 0, within);
                            if (now.kind() == Kind.RESET_ANSWER) {
                                reset();
                            }
                            return;
                        }
                    }
                    default -> {}
                }
                across.pass(out, piece, count);
                passed += count;
            }
        }

        /** Harm comes with a request, and stays with its connection. */
        private boolean take() {
            Harm waiting = next.get();
            boolean taken = waiting.kind() != Kind.NONE
                    && (waiting.kind() != Kind.FLIP || reading)
                    && next.compareAndSet(waiting, NONE);
            if (taken) {
                harm = waiting;
            }
            return taken;
        }

        private void cross(String piece) {
            Tripwire laid = wire.get();
            if (laid.isFor(piece) && wire.compareAndSet(laid, Tripwire.NONE)) {
                across = laid;
            }
        }

        private void reset() throws IOException {
            client.setSoLinger(true, 0);
            client.close();
        }

        void pump(Work direction) {
            try (client;
                    server) {
                direction.run();
            } catch (IOException ended) {
                // so does the other direction
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

package io.sealward.it.cloud;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP proxy (CONNECT, RFC 9110, 9.3.6) that leads every name to one server on loopback. So the SDKs use their real
 * addresses, TLS and host name checks, and no byte leaves the machine.
 */
public final class ConnectProxy implements AutoCloseable {
    private static final int MAX_REQUEST_BYTES = 8_192;

    private final ServerSocket listener;
    private final InetSocketAddress destination;
    private final ExecutorService threads = Executors.newCachedThreadPool(DaemonThreads.named("connect-proxy"));

    /** Listens on a free port of loopback until it is closed. */
    public ConnectProxy(InetSocketAddress destination) {
        this.destination = destination;
        try {
            listener = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        threads.execute(this::accept);
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            threads.shutdownNow();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                threads.execute(() -> tunnel(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void tunnel(Socket client) {
        try (client;
                Socket server = new Socket()) {
            skipRequest(client.getInputStream());
            server.connect(destination);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            client.getOutputStream().write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(US_ASCII));
            threads.execute(() -> pump(server, client));
            pump(client, server);
        } catch (IOException hungUp) {
            // Either side may leave at any time; closing both is all there is to do.
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException hungUp) {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // Nothing is left to release.
        }
    }

    private static void skipRequest(InputStream in) throws IOException {
        int end = 0;
        for (int count = 0; end < 4; count++) {
            int next = in.read();
            if (next < 0 || count > MAX_REQUEST_BYTES) {
                throw new IOException("no CONNECT request");
            }
            boolean expected = next == (end % 2 == 0 ? '\r' : '\n');
            end = expected ? end + 1 : next == '\r' ? 1 : 0;
        }
    }
}

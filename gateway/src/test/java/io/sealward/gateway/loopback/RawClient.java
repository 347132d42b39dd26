package io.sealward.gateway.loopback;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A client that sends exactly the bytes it is given. */
public final class RawClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 120_000;

    /** An answer, read to its announced end. */
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    public record Answer(int status, Map<String, String> headers, byte[] body) {
        public String text() {
            return new String(body, UTF_8);
        }

        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    private final Socket socket;
    private final InputStream in;

    public RawClient(InetSocketAddress address) {
        try {
            socket = new Socket();
            socket.setReceiveBufferSize(64 << 10);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(address);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends one char as one byte. */
    public RawClient send(String bytes) {
        return send(bytes.getBytes(ISO_8859_1));
    }

    public RawClient send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next answer to anything but a HEAD. */
    public Answer answer() {
        Answer head = head();
        return new Answer(head.status(), head.headers(), body(head));
    }

    /** The next head, with no body behind it read. */
    public Answer head() {
        try {
            String[] first = line().split(" ", 3);
            Map<String, String> headers = new TreeMap<>();
            for (String line = line(); !line.isEmpty(); line = line()) {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).trim());
            }
            return new Answer(Integer.parseInt(first[1]), headers, new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The body behind a head; fails with an {@link EOFException} inside if the gateway cuts it short. */
    public byte[] body(Answer head) {
        try {
            int length = Integer.parseInt(head.headers().getOrDefault("content-length", "0"));
            byte[] body = in.readNBytes(length);
            if (body.length < length) {
                throw new EOFException(body.length + " of " + length + " bytes");
            }
            return body;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next chunk of a body in chunks; empty at its end. */
    public String chunk() {
        try {
            byte[] chunk = in.readNBytes(Integer.parseInt(line(), 16));
            line();
            return new String(chunk, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the gateway closes the connection, with nothing more to read. */
    public boolean closed() {
        try {
            return in.read() < 0;
        } catch (SocketException reset) {
            return true;
        } catch (IOException e) { // above all, that it neither closes nor sends
            throw new UncheckedIOException(e);
        }
    }

    /** Sends no more, and still takes answers. */
    public RawClient halfClose() {
        try {
            socket.shutdownOutput();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes so many bytes of whatever comes; fails with an {@link EOFException} inside if it ends before. */
    public void take(int bytes) {
        body(new Answer(0, Map.of("content-length", Integer.toString(bytes)), new byte[0]));
    }

    /** Reads on until the gateway resets the connection; fails if it closes it in any other way. */
    public long bytesUntilReset() {
        long bytes = 0;
        byte[] buffer = new byte[64 << 10];
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes += read;
            }
        } catch (SocketException reset) {
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("closed, and not reset, after " + bytes + " bytes");
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("after " + line);
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** Resets the connection, as a client that crashes does. */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

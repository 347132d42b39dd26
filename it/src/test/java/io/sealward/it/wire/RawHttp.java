package io.sealward.it.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.it.store.S3Target;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A client that sends what it is told, byte by byte, and reads answers off the wire. Plain http only. */
public final class RawHttp implements AutoCloseable {
    private static final int LIMIT_MILLIS = 120_000;

    private final Socket socket;
    private final InputStream in;

    private RawHttp(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    public static RawHttp connect(S3Target target) throws IOException {
        Socket socket =
                new Socket(target.endpoint().getHost(), target.endpoint().getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(LIMIT_MILLIS);
        return new RawHttp(socket);
    }

    /** Sends as much as the other side takes: one that has already refused may have stopped listening. */
    public void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            // what it answered before tells more
        }
    }

    /** Says that nothing more comes. */
    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Breaks the connection with a reset. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** The next final answer to a request other than HEAD. */
    public Answer answer() throws IOException {
        return nextAnswer().orElseThrow(() -> new EOFException("closed without an answer"));
    }

    /** The next final answer, or nothing if the other side closed in good order or by a reset. */
    public Optional<Answer> nextAnswer() throws IOException {
        Answer answer;
        do {
            Optional<String> status = firstLine();
            if (status.isEmpty()) {
                return Optional.empty();
            }
            Map<String, String> headers = headers();
            answer = new Answer(
                    Integer.parseInt(status.get().substring(9, 12)), headers, new String(body(headers), UTF_8));
        } while (answer.status() == 100);
        return Optional.of(answer);
    }

    /** The status of the next answer, interim ones included; its headers are read, its body is not. */
    public int status() throws IOException {
        String line = firstLine().orElseThrow(() -> new EOFException("closed without an answer"));
        headers();
        return Integer.parseInt(line.substring(9, 12));
    }

    /** The answer to a HEAD, which has no body. */
    public Answer head() throws IOException {
        String line = firstLine().orElseThrow(() -> new EOFException("closed without an answer"));
        return new Answer(Integer.parseInt(line.substring(9, 12)), headers(), "");
    }

    /**
     * Whether the other side closes, and sends nothing before that.
     *
     * @throws SocketTimeoutException if it does neither
     */
    public boolean closes() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    /** So many bytes, or fewer if the other side closes before. */
    public byte[] read(int length) throws IOException {
        return in.readNBytes(length);
    }

    /** Everything until the other side closes or breaks off. */
    public byte[] rest() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            in.transferTo(all);
        } catch (SocketException reset) {
            // what came before it counts
        }
        return all.toByteArray();
    }

    private Optional<String> firstLine() throws IOException {
        try {
            return line();
        } catch (SocketException reset) {
            return Optional.empty();
        }
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new TreeMap<>();
        String line = line().orElseThrow(EOFException::new);
        while (!line.isEmpty()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim());
            line = line().orElseThrow(EOFException::new);
        }
        return headers;
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the answer ends after " + body.length + " of " + length + " bytes");
        }
        return body;
    }

    private Optional<String> line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return Optional.empty();
            }
            line.write(next);
        }
        return Optional.of(line.toString(ISO_8859_1).stripTrailing());
    }
}

package io.sealward.it.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.sigv4.PayloadPolicy;
import io.sealward.gateway.sigv4.RequestSigner;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An S3 client on one blocking socket, with as little work as that takes. Not thread-safe. */
final class LoadConnection implements AutoCloseable {
    private static final RequestSigner SIGNER =
            new RequestSigner(BenchGateway.ACCESS_KEY, BenchGateway.SECRET_KEY, BenchGateway.REGION, Clock.systemUTC());
    private static final Pattern CONTENT_LENGTH = Pattern.compile("\r\ncontent-length: *(\\d+)\r\n");
    private static final int BUFFER_BYTES = 256 << 10;

    private final int port;
    private final SocketChannel socket;
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);

    private LoadConnection(int port, SocketChannel socket) {
        this.port = port;
        this.socket = socket;
    }

    static LoadConnection open(int port) throws IOException {
        SocketChannel socket = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return new LoadConnection(port, socket);
    }

    /** The head of a request, signed over an unsigned payload, in a buffer that can be sent for the next 15 minutes. */
    ByteBuffer head(HttpMethod method, String path, long contentLength, Map<String, String> more) {
        HttpHeaders headers = new DefaultHttpHeaders();
        headers.set("host", "127.0.0.1:" + port);
        headers.set("content-length", contentLength);
        more.forEach(headers::set);
        SIGNER.sign(method, path, headers, PayloadPolicy.UNSIGNED_PAYLOAD);
        StringBuilder text = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        headers.forEach(header -> text.append(header.getKey())
                .append(": ")
                .append(header.getValue())
                .append("\r\n"));
        byte[] bytes = text.append("\r\n").toString().getBytes(ISO_8859_1);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    /** Sends head and body, neither of which it changes. */
    void send(ByteBuffer head, ByteBuffer body) throws IOException {
        ByteBuffer[] both = {head.duplicate(), body.duplicate()};
        while (both[0].hasRemaining() || both[1].hasRemaining()) {
            socket.write(both);
        }
    }

    /** Sends a piece of a body. */
    void send(ByteBuffer piece) throws IOException {
        ByteBuffer bytes = piece.duplicate();
        while (bytes.hasRemaining()) {
            socket.write(bytes);
        }
    }

    /**
     * Reads the head of an answer.
     *
     * @return the length of its body
     * @throws IOException if it is another than 200
     */
    long receiveHead() throws IOException {
        in.compact();
        while (true) {
            in.flip();
            String text = ISO_8859_1.decode(in.duplicate()).toString();
            int end = text.indexOf("\r\n\r\n");
            if (end >= 0) {
                in.position(end + 4);
                return contentLength(text.substring(0, end + 2));
            }
            in.compact();
            fill();
        }
    }

    private static long contentLength(String head) throws IOException {
        if (!head.startsWith("HTTP/1.1 200 ")) {
            throw new IOException("answered " + head.lines().findFirst().orElse("nothing"));
        }
        Matcher length = CONTENT_LENGTH.matcher(head.toLowerCase(java.util.Locale.ROOT));
        if (!length.find()) {
            throw new IOException("an answer without a length");
        }
        return Long.parseLong(length.group(1));
    }

    /** Reads so many bytes of a body, in pieces that are valid during the call. */
    void receive(long bytes, Consumer<ByteBuffer> piece) throws IOException {
        for (long left = bytes; left > 0; ) {
            if (!in.hasRemaining()) {
                in.clear();
                fill();
                in.flip();
            }
            int taken = (int) Math.min(left, in.remaining());
            piece.accept(in.slice(in.position(), taken));
            in.position(in.position() + taken);
            left -= taken;
        }
    }

    private void fill() throws IOException {
        if (socket.read(in) < 0) {
            throw new EOFException("the connection ended within an answer");
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

package io.sealward.it.chaos.withdrawal;

import io.netty.handler.codec.http.HttpMethod;
import io.sealward.it.store.PemTrust;
import io.sealward.it.store.S3Target;
import io.sealward.it.store.SignedHeads;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** One connection that reads objects, knows what they hold, and tells of each piece of content the moment it has come. */
final class Reader implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 90_000;
    private static final int PIECE_BYTES = 16 << 10;
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    private final S3Target target;
    private final Ledger ledger;
    private final Pace pace;
    private Socket socket;
    private InputStream in;

    /** How fast content is taken, and into how small a buffer. */
    record Pace(long bytesPerSecond, int receiveBytes) {
        static final Pace FAST = new Pace(Long.MAX_VALUE, 64 << 10);
        /** What waits in the kernel is no more than a moment's. */
        static final Pace SLOW = new Pace(2 << 20, 32 << 10);
    }

    private record Head(int status, long length, boolean last) {}

    Reader(S3Target target, Ledger ledger, Pace pace) {
        this.target = target;
        this.ledger = ledger;
        this.pace = pace;
    }

    /** Reads one object to the end of the answer, whatever it is, and connects again where that is needed. */
    Request read(Role role, String bucket, String key, KnownContent content) throws InterruptedException {
        long began = System.nanoTime();
        int status = 0;
        try {
            Head head = ask("/" + bucket + "/" + key);
            status = head.status();
            boolean plaintext = status == 200;
            byte[] piece = new byte[PIECE_BYTES];
            long bodyBegan = System.nanoTime();
            for (long got = 0; got < head.length(); ) {
                int count = in.read(piece, 0, (int) Math.min(piece.length, head.length() - got));
                if (count < 0) {
                    throw new EOFException("cut off");
                }
                if (plaintext) {
                    arrived(role, content, piece, count, got);
                }
                got += count;
                keepPace(bodyBegan, got);
            }
            if (head.last()) {
                close();
            }
            return new Request(role, began, System.nanoTime(), status, true);
        } catch (IOException e) {
            close();
            return new Request(role, began, System.nanoTime(), status, false);
        }
    }

    private void arrived(Role role, KnownContent content, byte[] piece, int count, long position) {
        if (role.kind() == Role.Kind.READ) {
            ledger.plaintext(role, System.nanoTime());
        }
        if (!content.matches(piece, count, position)) {
            ledger.wrong();
        }
    }

    private void keepPace(long began, long bytes) throws InterruptedException {
        long dueMillis = bytes * 1000 / pace.bytesPerSecond();
        long early = dueMillis - (System.nanoTime() - began) / 1_000_000;
        if (early > 0) {
            Thread.sleep(early);
        }
    }

    private Head ask(String path) throws IOException {
        if (socket == null) {
            connect();
        }
        String head = new SignedHeads(target).of(HttpMethod.GET, path, "", Map.of());
        socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
        String[] first = line().split(" ", 3);
        long length = 0;
        boolean last = false;
        for (String line = line().toLowerCase(Locale.ROOT); !line.isEmpty(); line = line().toLowerCase(Locale.ROOT)) {
            if (line.startsWith("content-length:")) {
                length = Long.parseLong(line.substring(line.indexOf(':') + 1).strip());
            }
            last |= line.equals("connection: close");
        }
        return new Head(Integer.parseInt(first[1]), length, last);
    }

    private void connect() throws IOException {
        String host = target.endpoint().getHost();
        boolean tls = target.endpoint().getScheme().equals("https");
        int port = target.endpoint().getPort();
        Socket plain = new Socket();
        plain.setReceiveBufferSize(pace.receiveBytes());
        plain.setSoTimeout(TIMEOUT_MILLIS);
        plain.setTcpNoDelay(true);
        plain.connect(new InetSocketAddress(host, port >= 0 ? port : tls ? HTTPS_PORT : HTTP_PORT), TIMEOUT_MILLIS);
        socket = tls ? encrypted(plain, host) : plain;
        in = new BufferedInputStream(socket.getInputStream(), PIECE_BYTES);
    }

    private SSLSocket encrypted(Socket plain, String host) throws IOException {
        SSLSocketFactory factory = target.trustedCertificate()
                .map(pem -> PemTrust.context(pem).getSocketFactory())
                .orElseGet(() -> (SSLSocketFactory) SSLSocketFactory.getDefault());
        SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, plain.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        return socket;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("no head");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException alreadyGone) {
                // is what it should be
            }
            socket = null;
        }
    }
}

package io.sealward.gateway.loopback;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A store on loopback. It answers each request as the next script says, and by the last resort when there is none. */
public final class LoopbackStore implements AutoCloseable {
    /** Takes over a request whose head was read. */
    @FunctionalInterface
    public interface Script {
        void answer(Call call) throws IOException;
    }

    private final ServerSocket listener;
    private final Script lastResort;
    private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Thread acceptor;

    public LoopbackStore(Script lastResort) {
        this.lastResort = lastResort;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        acceptor = daemon(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** The next request that no script has taken is answered so. */
    public LoopbackStore next(Script script) {
        scripts.add(script);
        return this;
    }

    /** Method and target of every request so far. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Connections that neither side has closed. */
    public int openConnections() {
        return open.size();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                daemon(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            boolean more = true;
            while (more) {
                Call call = Call.read(socket, in);
                if (call == null) {
                    return;
                }
                requests.add(call.method() + " " + call.target());
                Script script = scripts.poll();
                (script == null ? lastResort : script).answer(call);
                more = !socket.isClosed();
            }
        } catch (IOException e) {
            // the gateway hung up
        } finally {
            open.remove(socket);
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "loopback-store");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** From now on connections are refused, and there are no others. */
    @Override
    public void close() {
        try {
            listener.close();
            acceptor.join(); // while it is in accept, the kernel goes on to listen
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One request, and the socket to answer it on. */
    public record Call(Socket socket, InputStream in, String method, String target, Map<String, String> headers) {
        static Call read(Socket socket, InputStream in) throws IOException {
            List<String> lines = new ArrayList<>();
            StringBuilder line = new StringBuilder();
            while (true) {
                int c = in.read();
                if (c < 0) {
                    return null;
                }
                if (c == '\n') {
                    if (line.isEmpty()) {
                        break;
                    }
                    lines.add(line.toString());
                    line.setLength(0);
                } else if (c != '\r') {
                    line.append((char) c);
                }
            }
            String[] first = lines.get(0).split(" ", 3);
            Map<String, String> headers = new TreeMap<>();
            for (String header : lines.subList(1, lines.size())) {
                int colon = header.indexOf(':');
                headers.put(
                        header.substring(0, colon).toLowerCase(Locale.ROOT),
                        header.substring(colon + 1).trim());
            }
            return new Call(socket, in, first[0], first[1], headers);
        }

        /** The whole body; fails if the gateway hangs up before its end. */
        public byte[] body() throws IOException {
            int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
            byte[] body = in.readNBytes(length);
            if (body.length < length) {
                throw new EOFException();
            }
            return body;
        }

        public void respond(int status, Map<String, String> more, byte[] body) throws IOException {
            StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Answer\r\n");
            more.forEach((name, value) ->
                    head.append(name).append(": ").append(value).append("\r\n"));
            if (!more.containsKey("content-length") && status != 204 && status != 304) {
                head.append("content-length: ").append(body.length).append("\r\n");
            }
            OutputStream out = socket.getOutputStream();
            out.write(head.append("\r\n").toString().getBytes(ISO_8859_1));
            out.write(body);
            out.flush();
        }

        public void error(int status, String code) throws IOException {
            respond(
                    status,
                    Map.of("content-type", "application/xml"),
                    ("<Error><Code>" + code + "</Code><Message>as told</Message></Error>").getBytes(ISO_8859_1));
        }

        public void raw(String bytes) throws IOException {
            socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
        }

        public void hangUp() throws IOException {
            socket.close();
        }
    }
}

package io.sealward.gateway.registry;

import io.sealward.gateway.registry.database.DatabaseSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The way to a PostgreSQL of this machine, until it keeps its connections open and passes on nothing. */
public final class SilentRelay implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final TestDatabase database;
    private final int port;
    private volatile boolean silent;

    public SilentRelay(TestDatabase database) throws IOException {
        this.database = database;
        this.port = URI.create(database.settings().database().jdbcUrl().substring("jdbc:".length()))
                .getPort();
        start(this::accept);
    }

    /** The database as it is reached this way. */
    public TestDatabase database() {
        DatabaseSettings direct = database.settings().database();
        return TestDatabase.of(
                direct.jdbcUrl().replace(":" + port + "/", ":" + listener.getLocalPort() + "/"), direct.user());
    }

    public void fallSilent() {
        silent = true;
    }

    private void accept() throws IOException {
        while (true) {
            Socket near = listener.accept();
            Socket far = new Socket(InetAddress.getLoopbackAddress(), port);
            sockets.add(near);
            sockets.add(far);
            start(() -> pass(near, far));
            start(() -> pass(far, near));
        }
    }

    private void pass(Socket from, Socket to) throws IOException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] bytes = new byte[8192];
        for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
            if (!silent) {
                out.write(bytes, 0, count);
                out.flush();
            }
        }
        to.close();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // closed
                    }
                },
                "silent-relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}

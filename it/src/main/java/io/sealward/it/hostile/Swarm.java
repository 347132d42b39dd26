package io.sealward.it.hostile;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The clients of one attack, in one thread: each sends what the gateway takes, reads nothing, and comes again when it is cut off. */
final class Swarm {
    /** Apart from the well-behaved client's, as attackers are. */
    private static final String SOURCE = "127.0.0.2";

    private static final int RECEIVE_BYTES = 4 << 10;
    private static final long PAUSE_MILLIS = 5;

    private final InetSocketAddress gateway;
    private final Attack attack;
    private final List<Client> clients = new ArrayList<>();
    private long sent;
    private int cut;

    Swarm(InetSocketAddress gateway, Attack attack) {
        this.gateway = gateway;
        this.attack = attack;
    }

    private static final class Client {
        private final Attack.Sending sending;
        private final SocketChannel socket;
        private ByteBuffer piece = ByteBuffer.allocate(0);

        Client(Attack.Sending sending, SocketChannel socket) {
            this.sending = sending;
            this.socket = socket;
        }
    }

    /** @param bytes that the gateway's side has taken */
    record Outcome(long bytes, int cut) {}

    Outcome run(Duration time) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        long end = begun + time.toNanos();
        try {
            while (System.nanoTime() < end) {
                for (int i = clients.size(); i < attack.clients() && System.nanoTime() < end; i++) {
                    open(i);
                }
                long millis = (System.nanoTime() - begun) / 1_000_000;
                long before = sent;
                clients.removeIf(client -> !send(client, millis));
                if (sent == before) {
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
            return new Outcome(sent, cut);
        } finally {
            for (Client client : clients) {
                client.socket.close();
            }
        }
    }

    private void open(int index) throws IOException {
        SocketChannel socket = SocketChannel.open();
        try {
            socket.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BYTES);
            socket.bind(new InetSocketAddress(SOURCE, 0));
            socket.configureBlocking(false);
            socket.connect(gateway);
            clients.add(new Client(attack.script().begin(index), socket));
        } catch (IOException e) { // refused, which is the gateway's right
            socket.close();
            cut++;
        }
    }

    private boolean send(Client client, long millis) {
        try {
            if (!client.socket.finishConnect()) {
                return true;
            }
            if (!client.piece.hasRemaining()) {
                client.piece = client.sending.next(millis);
            }
            sent += client.socket.write(client.piece);
            return true;
        } catch (IOException e) {
            cut++;
            try {
                client.socket.close();
            } catch (IOException alreadyGone) {
                // is what it should be
            }
            return false;
        }
    }
}

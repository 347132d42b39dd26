package io.sealward.gateway.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.loopback.LoopbackGateway;
import io.sealward.gateway.loopback.LoopbackSockets;
import io.sealward.gateway.loopback.LoopbackStore;
import io.sealward.gateway.loopback.MemoryObjects;
import io.sealward.gateway.loopback.RawClient;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;

/** A gateway between a client and a store on loopback sockets, and one key. Nothing is held when a test has ended. */
abstract class DataPath {
    final MemoryObjects objects = new MemoryObjects();
    final LoopbackStore store = new LoopbackStore(objects);
    final LoopbackGateway gateway = new LoopbackGateway(store);
    final RawClient client = gateway.connect();

    @AfterEach
    void nothingIsHeld() {
        client.close();
        gateway.close();
        store.close();
        assertThat(LoopbackSockets.bytesHeld()).isZero();
    }

    static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }

    static String put(String path, int length, String... headers) {
        return "PUT " + path + " HTTP/1.1\r\nHost: gateway\r\nContent-Length: " + length + "\r\n"
                + String.join("", Arrays.stream(headers).map(h -> h + "\r\n").toList()) + "\r\n";
    }

    static String get(String path, String... headers) {
        return put(path, 0, headers).replaceFirst("PUT", "GET");
    }

    void stored(String path, byte[] content) {
        client.send(put(path, content.length)).send(content);
        assertThat(client.answer().status()).isEqualTo(200);
    }
}

package io.sealward.gateway.front;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Counts connections, in all and by address. Thread-safe. */
final class ConnectionLimit {
    private static final int IPV6_NETWORK_BYTES = 8;

    private final int most;
    private final int mostOfAddress;
    private final Map<ByteBuffer, Integer> byAddress = new HashMap<>();
    private int all;

    ConnectionLimit(int most, int mostOfAddress) {
        this.most = most;
        this.mostOfAddress = mostOfAddress;
    }

    /** Lets one in, who is to {@link #leave}, or says why not. */
    synchronized Optional<Refusal> enter(InetAddress address) {
        if (all >= most) {
            return Optional.of(Refusal.CONNECTIONS);
        }
        ByteBuffer place = place(address);
        int here = byAddress.getOrDefault(place, 0);
        if (here >= mostOfAddress) {
            return Optional.of(Refusal.ADDRESS);
        }
        byAddress.put(place, here + 1);
        all++;
        return Optional.empty();
    }

    synchronized void leave(InetAddress address) {
        byAddress.computeIfPresent(place(address), (key, here) -> here == 1 ? null : here - 1);
        all--;
    }

    synchronized int count() {
        return all;
    }

    /** Who has an IPv6 address has a network of them. */
    private static ByteBuffer place(InetAddress address) {
        byte[] bytes = address.getAddress();
        return ByteBuffer.wrap(address instanceof Inet6Address ? Arrays.copyOf(bytes, IPV6_NETWORK_BYTES) : bytes);
    }
}

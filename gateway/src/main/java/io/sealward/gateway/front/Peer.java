package io.sealward.gateway.front;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;

/**
 * Who has connected.
 *
 * @param address of the other end of the connection, which may be that of a load balancer
 * @param secure whether it speaks TLS with the gateway itself
 */
public record Peer(InetAddress address, boolean secure) {
    public Peer {
        requireNonNull(address, "address");
    }
}

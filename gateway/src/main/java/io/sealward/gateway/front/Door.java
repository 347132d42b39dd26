package io.sealward.gateway.front;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.sealward.gateway.event.Events;
import java.net.InetAddress;
import java.util.Optional;

/** Lets connections in, as many as the limit allows, before an event loop has work with them. On the acceptor's thread. */
final class Door extends ChannelInboundHandlerAdapter {
    private final ConnectionLimit connections;
    private final TurnAway turnAway;
    private final boolean answerCheap;
    private final Events events;

    /** @param answerCheap whether to say no costs little, as it does without TLS */
    Door(ConnectionLimit connections, TurnAway turnAway, boolean answerCheap, Events events) {
        this.connections = connections;
        this.turnAway = turnAway;
        this.answerCheap = answerCheap;
        this.events = events;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object accepted) {
        SocketChannel client = (SocketChannel) accepted;
        InetAddress address = client.remoteAddress().getAddress();
        Optional<Refusal> refusal = connections.enter(address);
        if (refusal.isEmpty()) {
            client.closeFuture().addListener(closed -> connections.leave(address));
            ctx.fireChannelRead(client);
        } else {
            events.tell(new Refused(refusal.get()));
            turnAway.turnAway(client, answerCheap);
        }
    }
}

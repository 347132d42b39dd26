package io.sealward.gateway.flow;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;

/** Ends a connection in such a way that nothing more of it reaches the peer. */
public final class Reset {
    private Reset() {}

    /**
     * Closes with a TCP reset: a plain close would send on what Netty and the kernel hold, megabytes at a peer that reads
     * slowly. TLS is not told, since its farewell would wait behind the same bytes. Called on the channel's event loop.
     */
    public static void connection(Channel channel) {
        if (channel.isActive()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        ChannelHandlerContext nearestSocket = channel.pipeline().firstContext();
        if (nearestSocket == null) {
            channel.close();
        } else {
            nearestSocket.close();
        }
    }
}

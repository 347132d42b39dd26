package io.sealward.gateway.front;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * How sockets of clients are made.
 *
 * @param acceptor takes connections and turns away those that are too many, and does nothing else: loops that move bodies
 *     are not always quick
 * @param channelType fits the event loops
 * @param allocator where buffers of connections come from
 * @param unsentBound holds a socket's kernel to little that it has not sent, where it lets itself be told
 * @param millisSinceSent since when the kernel has sent no data on a socket; {@link Long#MAX_VALUE} where it does not tell
 */
public record FrontTransport(
        EventLoopGroup acceptor,
        Class<? extends ServerChannel> channelType,
        ByteBufAllocator allocator,
        Consumer<Channel> unsentBound,
        ToLongFunction<Channel> millisSinceSent) {}

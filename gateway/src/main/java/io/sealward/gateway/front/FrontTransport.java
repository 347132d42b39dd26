package io.sealward.gateway.front;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import java.util.function.ToLongFunction;

/**
 * How sockets of clients are made.
 *
 * @param channelType fits the event loops
 * @param allocator where buffers of connections come from
 * @param millisSinceSent since when the kernel has sent no data on a socket; {@link Long#MAX_VALUE} where it does not tell
 */
public record FrontTransport(
        Class<? extends ServerChannel> channelType,
        ByteBufAllocator allocator,
        ToLongFunction<Channel> millisSinceSent) {}

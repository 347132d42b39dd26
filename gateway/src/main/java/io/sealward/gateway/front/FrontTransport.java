package io.sealward.gateway.front;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ServerChannel;

/** How sockets of clients are made: the channel class that fits the event loops, and where their buffers come from. */
public record FrontTransport(Class<? extends ServerChannel> channelType, ByteBufAllocator allocator) {}

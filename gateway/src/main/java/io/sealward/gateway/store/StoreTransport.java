package io.sealward.gateway.store;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.resolver.AddressResolverGroup;
import java.net.InetSocketAddress;

/**
 * How sockets to the store are made.
 *
 * @param channelType fits the event loops
 * @param resolver never blocks them
 * @param allocator where buffers of connections come from
 */
public record StoreTransport(
        Class<? extends Channel> channelType,
        AddressResolverGroup<InetSocketAddress> resolver,
        ByteBufAllocator allocator) {}

package io.sealward.gateway.store;

import io.netty.channel.Channel;
import io.netty.resolver.AddressResolverGroup;
import java.net.InetSocketAddress;

/** How sockets to the store are made: the channel class that fits the event loops, and a resolver that never blocks them. */
public record StoreTransport(Class<? extends Channel> channelType, AddressResolverGroup<InetSocketAddress> resolver) {}

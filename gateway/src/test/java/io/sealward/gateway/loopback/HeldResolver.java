package io.sealward.gateway.loopback;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Every host is this one, but who asks is not told before the test says so, so that connections come late. */
public final class HeldResolver extends AddressResolverGroup<InetSocketAddress> {
    private final BlockingQueue<Promise<InetAddress>> questions = new LinkedBlockingQueue<>();

    /** Waits until somebody asks where a host is, and returns what tells them. */
    public Runnable asked() throws InterruptedException {
        Promise<InetAddress> question = questions.take();
        return () -> question.setSuccess(InetAddress.getLoopbackAddress());
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new InetNameResolver(executor) {
            @Override
            protected void doResolve(String host, Promise<InetAddress> promise) {
                questions.add(promise);
            }

            @Override
            protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
                promise.setFailure(new UnsupportedOperationException("one address is enough"));
            }
        }.asAddressResolver();
    }
}

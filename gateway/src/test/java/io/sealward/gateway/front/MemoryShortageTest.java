package io.sealward.gateway.front;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.sealward.gateway.event.Events;
import io.sealward.gateway.loopback.LoopbackGateway;
import io.sealward.gateway.loopback.LoopbackSockets;
import io.sealward.gateway.loopback.RawClient;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client is told, and the operator, when a buffer cannot be had after all. */
class MemoryShortageTest {
    private final AtomicBoolean exhausted = new AtomicBoolean();
    private final CountDownLatch counted = new CountDownLatch(1);
    private final LoopbackSockets sockets = LoopbackSockets.on(new AbstractByteBufAllocator(true) {
        @Override
        protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
            if (exhausted.get()) {
                throw new OutOfMemoryError("no direct memory");
            }
            return UnpooledByteBufAllocator.DEFAULT.directBuffer(initialCapacity, maxCapacity);
        }

        @Override
        protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
            return UnpooledByteBufAllocator.DEFAULT.heapBuffer(initialCapacity, maxCapacity);
        }

        @Override
        public boolean isDirectBufferPooled() {
            return false;
        }
    });

    @AfterEach
    void close() {
        sockets.close();
    }

    private FrontServer start(Consumer<Exchange> handler) {
        Events events = new Events();
        events.when(Refused.class, refused -> {
            if (refused.why() == Refusal.MEMORY) {
                counted.countDown();
            }
        });
        return LoopbackGateway.start(sockets, Duration.ofHours(1), handler, events);
    }

    @Test
    void aReadThatHasNoBufferEndsTheConnectionAndIsCounted() throws Exception {
        FrontServer front = start(exchange -> exchange.respond(Response.empty(200)));
        try (RawClient client = new RawClient(front.address())) {
            assertThat(client.send("GET / HTTP/1.1\r\n\r\n").answer().status()).isEqualTo(200);
            exhausted.set(true);
            client.send("GET / HTTP/1.1\r\n\r\n");
            assertThat(client.closed()).isTrue();
            counted.await();
        }
    }

    @Test
    void aRequestThatFailsForItIsToldToSlowDownAndIsCounted() throws Exception {
        FrontServer front = start(
                exchange -> ((ClientExchange) exchange).fail(new IllegalStateException(new OutOfMemoryError("none"))));
        try (RawClient client = new RawClient(front.address())) {
            RawClient.Answer answer = client.send("GET / HTTP/1.1\r\n\r\n").answer();
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.text()).contains("<Code>SlowDown</Code>");
            counted.await();
        }
    }
}

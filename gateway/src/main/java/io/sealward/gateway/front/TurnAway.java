package io.sealward.gateway.front;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.ReferenceCountUtil;
import io.sealward.gateway.flow.AskedReads;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers whatever comes first on a connection too many with 503 SlowDown and closes it. It waits for that, but not long:
 * bytes that nobody read would turn the close into a reset, which can take the answer with it. As even this takes room,
 * connections beyond a few are closed and nothing said.
 */
@Sharable
final class TurnAway extends ChannelInboundHandlerAdapter {
    private static final int MOST_AT_A_TIME = 64;
    private static final long PATIENCE_SECONDS = 1;
    private static final String DOCUMENT = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>";
    private static final byte[] ANSWER = ("HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/xml\r\n"
                    + "Content-Length: " + DOCUMENT.length() + "\r\nRetry-After: 1\r\nConnection: close\r\n\r\n"
                    + DOCUMENT)
            .getBytes(US_ASCII);

    private final EventLoopGroup loops;
    private final AtomicInteger underWay = new AtomicInteger();

    TurnAway(EventLoopGroup loops) {
        this.loops = loops;
    }

    /**
     * Takes a connection that was just accepted, and is on no event loop yet.
     *
     * @param cheap whether an answer costs little
     */
    void turnAway(SocketChannel client, boolean cheap) {
        if (!cheap) {
            client.unsafe().closeForcibly();
        } else if (underWay.incrementAndGet() > MOST_AT_A_TIME) {
            underWay.decrementAndGet();
            client.unsafe().closeForcibly();
        } else {
            client.closeFuture().addListener(closed -> underWay.decrementAndGet());
            client.config().setAutoRead(false);
            client.config().setAllowHalfClosure(true);
            client.pipeline().addLast(new AskedReads(FrontServer.SMALL_READ, FrontServer.SMALL_READ), this);
            loops.register(client);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.executor().schedule(() -> ctx.close(), PATIENCE_SECONDS, TimeUnit.SECONDS);
        ctx.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
        ctx.writeAndFlush(Unpooled.wrappedBuffer(ANSWER)).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}

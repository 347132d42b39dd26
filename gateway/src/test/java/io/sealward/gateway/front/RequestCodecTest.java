package io.sealward.gateway.front;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import io.sealward.gateway.flow.OneMessagePerRead;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RequestCodecTest {
    private static final String SMALL = "GET /a HTTP/1.1\r\na:\r\n\r\n";

    private final List<Object> decoded = new ArrayList<>();
    private final List<String> taken = new ArrayList<>();
    private int askFromWithin;

    private final EmbeddedChannel channel = new EmbeddedChannel();

    RequestCodecTest() {
        channel.config().setAutoRead(false);
        channel.freezeTime();
        channel.pipeline()
                .addLast(new RequestCodec(1 << 10, 1 << 10, new PipelinedTurns(channel.eventLoop())))
                .addLast(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext ctx, Object message) {
                        decoded.add(message);
                        ctx.fireChannelRead(message);
                    }
                })
                .addLast(new OneMessagePerRead())
                .addLast(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext ctx, Object message) {
                        if (message instanceof HttpRequest request) {
                            taken.add(request.uri());
                        }
                        ReferenceCountUtil.release(message);
                        if (askFromWithin-- > 0) {
                            ctx.read();
                        }
                    }
                });
    }

    private void arrives(String bytes) {
        channel.pipeline()
                .fireChannelRead(Unpooled.copiedBuffer(bytes, US_ASCII))
                .fireChannelReadComplete();
    }

    /** Those of others on the event loop. */
    private void turnsPass() {
        channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    @Test
    void decodesNothingAheadOfWhatIsAskedFor() {
        channel.read();
        arrives(SMALL.repeat(1000));
        assertThat(decoded).hasSize(2); // a head, and that nothing follows it
        assertThat(taken).hasSize(1);
        channel.read();
        assertThat(decoded).hasSize(2);
        channel.read();
        assertThat(decoded).hasSize(2);
        turnsPass();
        assertThat(decoded).hasSize(4);
        assertThat(taken).hasSize(2);
        channel.finishAndReleaseAll();
    }

    @Test
    void oneTurnIsForOneRequest() {
        askFromWithin = Integer.MAX_VALUE;
        channel.read();
        arrives(SMALL.repeat(50));
        for (int i = 1; i <= 50; i++) {
            assertThat(taken).hasSize(i);
            turnsPass();
        }
        channel.finishAndReleaseAll();
    }

    @Test
    void asManyPiecesAsAreAskedForFromWithinTakeNoStack() {
        askFromWithin = Integer.MAX_VALUE;
        channel.read();
        arrives("PUT /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + "1\r\nx\r\n".repeat(50_000) + "0\r\n\r\n");
        assertThat(decoded).hasSize(50_002);
        channel.finishAndReleaseAll();
    }

    @Test
    void goesOnInTheMidstOfAHead() {
        channel.read();
        arrives(SMALL + "GET /b HT");
        channel.read();
        channel.read();
        turnsPass();
        assertThat(taken).containsExactly("/a");
        arrives("TP/1.1\r\n\r\n");
        assertThat(taken).containsExactly("/a", "/b");
        channel.finishAndReleaseAll();
    }
}

package io.sealward.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OneMessagePerReadTest {
    private final List<Object> taken = new ArrayList<>();
    private int socketReads;

    private final EmbeddedChannel channel = newChannel(0);

    /** @param askFromWithin how many messages are answered by a read from within the handler */
    private EmbeddedChannel newChannel(int askFromWithin) {
        EmbeddedChannel embedded = new EmbeddedChannel();
        embedded.config().setAutoRead(false);
        embedded.pipeline()
                .addLast(new ChannelOutboundHandlerAdapter() {
                    @Override
                    public void read(ChannelHandlerContext ctx) {
                        socketReads++;
                    }
                })
                .addLast(new OneMessagePerRead())
                .addLast(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext ctx, Object message) {
                        taken.add(message);
                        if (taken.size() <= askFromWithin) {
                            ctx.read();
                        }
                    }
                });
        return embedded;
    }

    @Test
    void passesOnOneMessageForEachRead() {
        channel.read();
        channel.pipeline().fireChannelRead("a").fireChannelRead("b").fireChannelReadComplete();
        assertThat(taken).containsExactly("a");
        channel.read();
        assertThat(taken).containsExactly("a", "b");
        assertThat(socketReads).isEqualTo(1);
    }

    @Test
    void readFromWithinAMessageOutlivesTheSocketRead() {
        EmbeddedChannel asking = newChannel(1);
        asking.read();
        asking.pipeline().fireChannelRead("a").fireChannelReadComplete();
        asking.pipeline().fireChannelRead("b");
        assertThat(taken).containsExactly("a", "b");
    }

    @Test
    void readsOnWhenASocketReadMadeNoMessage() {
        channel.read();
        channel.pipeline().fireChannelReadComplete();
        assertThat(socketReads).isEqualTo(2);
    }

    @Test
    void readsNothingThatNobodyAskedFor() {
        channel.pipeline().fireChannelRead("a").fireChannelReadComplete();
        assertThat(taken).isEmpty();
        assertThat(socketReads).isZero();
    }

    @Test
    void manyMessagesTakeNoStack() {
        EmbeddedChannel asking = newChannel(Integer.MAX_VALUE);
        for (int i = 0; i < 100_000; i++) {
            asking.pipeline().fireChannelRead(i);
        }
        asking.read();
        assertThat(taken).hasSize(100_000);
    }

    @Test
    void releasesWhatNobodyTook() {
        ByteBuf data = Unpooled.buffer(1);
        channel.pipeline().fireChannelRead(data);
        channel.close();
        assertThat(data.refCnt()).isZero();
    }

    @Test
    void whatCameBeforeTheEndOfTheInputIsStillToBeHad() {
        channel.pipeline().fireChannelRead("a").fireChannelRead("b").fireChannelReadComplete();
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        channel.read();
        assertThat(taken).containsExactly("a");
        assertThat(channel.isOpen()).isTrue();
        channel.read();
        assertThat(taken).containsExactly("a", "b");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void theEndOfTheInputClosesAtOnceWhereNothingWaits() {
        channel.read();
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void readsNoMoreWhileASocketReadIsStillBeingDecoded() {
        channel.read();
        channel.pipeline().fireChannelRead("a");
        channel.read();
        channel.pipeline().fireChannelRead("b").fireChannelRead("c").fireChannelReadComplete();
        assertThat(taken).containsExactly("a", "b");
        assertThat(socketReads).isEqualTo(1);
    }
}

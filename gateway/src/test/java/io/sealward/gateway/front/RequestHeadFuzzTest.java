package io.sealward.gateway.front;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderResultProvider;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.sealward.gateway.flow.OneMessagePerRead;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client sends is the same requests, however the network has cut it. */
class RequestHeadFuzzTest {
    private static final int ROOM = 4 << 10;

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "GET /b/k?list-type=2&prefix=a%20b HTTP/1.1\r\nHost: h\r\nx-amz-date: 20130524T000000Z\r\n\r\n",
                        "PUT /b/k HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhelloGET / HTTP/1.1\r\nHost: h\r\n\r\n",
                        "PUT /b/k HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nx-amz-a: b\r\n\r\n",
                        "POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n",
                        "GET http://h/b/k HTTP/1.0\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n",
                        "GET  /two HTTP/1.1\r\n\r\n",
                        "\r\n\r\nHEAD /b HTTP/1.1\nHost: h\n folded\n\n",
                        "GET /b HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                        "GET /b HTTP/1.1\r\nContent-Length: +1\r\n\r\na",
                        "GET /b HTTP/1.1\r\nName : v\r\nX\0: y\r\n\r\n",
                        "PUT /b HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n",
                        "PUT /b HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n1 \r\nx\r\n00\r\n\r\n")
                .map(text -> text.getBytes(ISO_8859_1));
    }

    @MethodSource("seeds")
    @FuzzTest
    void theSameRequestsHoweverTheyAreCut(byte[] sent) {
        List<String> whole = requests(sent, sent.length);
        assertThat(requests(sent, 1)).isEqualTo(whole);
        assertThat(requests(sent, 7)).isEqualTo(whole);
    }

    private static List<String> requests(byte[] sent, int piece) {
        Taker taker = new Taker();
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.config().setAutoRead(false);
        channel.freezeTime();
        channel.pipeline()
                .addLast(new RequestCodec(ROOM, ROOM, new PipelinedTurns(channel.eventLoop())))
                .addLast(new OneMessagePerRead())
                .addLast(taker);
        channel.read();
        for (int from = 0; from < sent.length; from += piece) {
            channel.pipeline()
                    .fireChannelRead(Unpooled.copiedBuffer(sent, from, Math.min(piece, sent.length - from)))
                    .fireChannelReadComplete();
            while (channel.runScheduledPendingTasks() >= 0) {
                channel.advanceTimeBy(channel.runScheduledPendingTasks(), TimeUnit.NANOSECONDS);
            }
        }
        channel.finishAndReleaseAll();
        return taker.requests;
    }

    /** Writes down each request, and that it has ended; of one that is malformed nothing more, nor of what follows it. */
    private static final class Taker extends ChannelInboundHandlerAdapter {
        private final List<String> requests = new ArrayList<>();
        private final StringBuilder body = new StringBuilder();
        private boolean broken;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            try {
                if (!broken) {
                    take(message);
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
            ctx.read();
        }

        private void take(Object message) {
            if (((DecoderResultProvider) message).decoderResult().isFailure()) {
                broken = true;
                requests.add("malformed");
            } else if (message instanceof HttpRequest head) {
                requests.add(head.method() + " " + head.uri() + " " + head.protocolVersion() + " "
                        + head.headers().entries());
                body.setLength(0);
            } else {
                body.append(((HttpContent) message).content().toString(ISO_8859_1));
                if (message instanceof LastHttpContent last) {
                    requests.add(body + " " + last.trailingHeaders().entries());
                }
            }
        }
    }
}

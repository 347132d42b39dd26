package io.sealward.gateway.front;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import java.util.List;

/**
 * HTTP between a client's bytes and a {@link io.sealward.gateway.flow.OneMessagePerRead}. Decodes when a message is asked
 * for: what a client sends ahead of the exchange under way stays what it was, bytes. A request line is its three parts
 * with one space between them (RFC 9112, section 3), and a header section has at most 256 fields.
 *
 * <p>A request that waits behind another one gets its turn among all that do ({@link PipelinedTurns}): hundreds fit into one
 * socket read.
 *
 * <p>Answers may be whole or streams with a Content-Length; the answer to a HEAD must come without a body.
 */
final class RequestCodec extends CombinedChannelDuplexHandler<RequestCodec.Decoder, HttpResponseEncoder> {
    static final int MAX_FIELDS = 256;

    private final PipelinedTurns turns;
    private boolean asked;
    private boolean decoding;
    private boolean resting;

    RequestCodec(int maxRequestLineBytes, int maxHeaderBytes, PipelinedTurns turns) {
        this.turns = turns;
        HttpHeadersFactory bounded = new HttpHeadersFactory() {
            @Override
            public HttpHeaders newHeaders() {
                return new BoundedHeaders();
            }

            @Override
            public HttpHeaders newEmptyHeaders() {
                return new BoundedHeaders();
            }
        };
        init(
                new Decoder(new HttpDecoderConfig()
                        .setMaxInitialLineLength(maxRequestLineBytes)
                        .setMaxHeaderSize(maxHeaderBytes)
                        .setMaxChunkSize(128 << 10)
                        .setHeadersFactory(bounded)
                        .setTrailersFactory(bounded)),
                new HttpResponseEncoder());
    }

    @Override
    public void read(ChannelHandlerContext ctx) throws Exception {
        asked = true;
        if (decoding || resting) {
            return;
        }
        decode(ctx, false);
    }

    /** A loop, not a recursion: whoever takes a message asks for the next from within. */
    private void decode(ChannelHandlerContext ctx, boolean rested) throws Exception {
        boolean turn = rested;
        decoding = true;
        try {
            while (asked) {
                if (!turn && inboundHandler().holdsAnother()) {
                    rest(ctx);
                    return;
                }
                turn = false;
                asked = false;
                if (decodesOfWhatIsHere(ctx)) {
                    channelReadComplete(ctx);
                } else {
                    super.read(ctx);
                }
            }
        } finally {
            decoding = false;
        }
    }

    private void rest(ChannelHandlerContext ctx) {
        resting = true;
        turns.await(() -> goOn(ctx));
    }

    private void goOn(ChannelHandlerContext ctx) {
        resting = false;
        if (ctx.isRemoved()) {
            return;
        }
        try {
            decode(ctx, true);
        } catch (Exception e) {
            ctx.fireExceptionCaught(e);
        }
    }

    private boolean decodesOfWhatIsHere(ChannelHandlerContext ctx) throws Exception {
        Decoder decoder = inboundHandler();
        decoder.wanted = true;
        if (decoder.holdsBytes()) {
            long before = decoder.decoded;
            channelRead(ctx, Unpooled.EMPTY_BUFFER);
            return decoder.decoded > before;
        }
        return false;
    }

    static final class Decoder extends HttpRequestDecoder {
        private boolean wanted;
        private boolean betweenRequests;
        private long decoded;

        Decoder(HttpDecoderConfig config) {
            super(config);
        }

        /** Whether what is here belongs to a request behind the one that has ended. */
        private boolean holdsAnother() {
            return betweenRequests && holdsBytes();
        }

        private boolean holdsBytes() {
            return actualReadableBytes() > 0;
        }

        @Override
        protected void decode(ChannelHandlerContext ctx, ByteBuf buffer, List<Object> out) throws Exception {
            if (wanted) {
                super.decode(ctx, buffer, out);
                wanted = out.isEmpty();
                decoded += out.size();
                if (!out.isEmpty()) {
                    betweenRequests = out.get(out.size() - 1) instanceof LastHttpContent;
                }
            }
        }

        @Override
        protected String splitSecondWordInitialLine(byte[] line, int start, int length) {
            requireOneSpaceBefore(line, start);
            return super.splitSecondWordInitialLine(line, start, length);
        }

        @Override
        protected String splitThirdWordInitialLine(byte[] line, int start, int length) {
            requireOneSpaceBefore(line, start);
            return super.splitThirdWordInitialLine(line, start, length);
        }

        private static void requireOneSpaceBefore(byte[] line, int start) {
            boolean one = start > 1 && line[start - 1] == ' ' && !Character.isWhitespace(line[start - 2]);
            if (!one) {
                throw new IllegalArgumentException("a request line has one space between its parts");
            }
        }
    }

    private static final class BoundedHeaders extends DefaultHttpHeaders {
        @Override
        public HttpHeaders add(CharSequence name, Object value) {
            if (size() >= MAX_FIELDS) {
                throw new TooLongHttpHeaderException("more than " + MAX_FIELDS + " fields");
            }
            return super.add(name, value);
        }
    }
}

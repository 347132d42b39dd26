package io.sealward.gateway.front;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import io.sealward.gateway.flow.AskedReads;
import io.sealward.gateway.flow.Reset;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One client connection between and across its exchanges. Behind a {@link io.sealward.gateway.flow.OneMessagePerRead} and without auto-read:
 * each message arrives because this class, or the exchange under way, asked for it.
 *
 * <pre>
 *   IDLE --head--> EXCHANGE --answered, body read--> IDLE
 *                     |
 *                     +--answered, body left over--> PASSING OVER --body read--> IDLE
 *                     |
 *                     +--must close--> LINGERING
 * </pre>
 *
 * Lingering has ended the gateway's side and reads what the client still sends, until it ends its own, or for a while:
 * closing at once would reset the connection and could take the answer with it (RFC 9112, 9.6).
 */
final class ClientConnection extends ChannelInboundHandlerAdapter {
    private static final int MAX_PASSED_OVER_BYTES = 1 << 20;
    private static final int MAX_LINGER_BYTES = 16 << 20;
    private static final long LINGER_SECONDS = 3;

    private final Front front;
    private final AskedReads reads;
    private ChannelHandlerContext ctx;
    private ClientExchange exchange;
    private boolean passingOver;
    private boolean lingering;
    private long lingeredBytes;
    private long reserved;

    /** @param reads of the same pipeline */
    ClientConnection(Front front, AskedReads reads) {
        this.front = front;
        this.reads = reads;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        this.ctx = ctx;
        front.drain().opened(this);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        front.drain().closed(this);
    }

    /** Called on any thread when a drain starts. */
    void closeIfIdle() {
        ctx.executor().execute(() -> {
            if (exchange == null && !lingering && !passingOver) { // which end by themselves
                ctx.close();
            }
        });
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (lingering) {
            linger(message);
        } else if (passingOver) {
            passOver(message);
        } else if (exchange != null) {
            exchange.content((HttpContent) message);
        } else if (message instanceof HttpRequest head) {
            begin(head);
        } else { // the end of a message that was refused
            ReferenceCountUtil.release(message);
            ctx.read();
        }
    }

    private void begin(HttpRequest head) {
        front.drain().exchangeBegan();
        exchange = new ClientExchange(this, ctx, head, front);
        if (head.decoderResult().isFailure()) {
            exchange.bodyWillNotCome();
            exchange.fail(malformed(head.decoderResult().cause()));
        } else if (head.protocolVersion().majorVersion() != 1) {
            exchange.bodyWillNotCome();
            exchange.fail(new S3Exception(S3Error.INVALID_REQUEST, "Only HTTP/1.1 is spoken here."));
        } else if (!framingUnderstood(head.headers())) {
            exchange.bodyWillNotCome();
            exchange.fail(new S3Exception(S3Error.NOT_IMPLEMENTED, "The only Transfer-Encoding here is chunked."));
        } else {
            exchange.serve(front.handler());
        }
    }

    /** With another coding it is open where the body ends, and what follows could be taken for a request. */
    private static boolean framingUnderstood(HttpHeaders headers) {
        List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        return codings.isEmpty()
                || (codings.size() == 1 && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.get(0)));
    }

    private static S3Exception malformed(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return new S3Exception(S3Error.INVALID_URI, "The request line is too long.");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return new S3Exception(S3Error.REQUEST_HEADER_SECTION_TOO_LARGE);
        }
        return new S3Exception(S3Error.INVALID_REQUEST, "The request is not well-formed HTTP.");
    }

    /** How much of a body is to come, so that the socket is read in larger pieces. */
    void expect(long bodyBytes) {
        reads.expect(bodyBytes);
    }

    /** The exchange under way has taken room for so much. */
    void reserved(long bytes) {
        reserved += bytes;
        reads.allow(bytes);
    }

    /** Whether the next answer is to be the last here. */
    boolean leaving() {
        return front.drain().announced();
    }

    boolean draining() {
        return front.drain().started();
    }

    /** The answer is written and the whole request was read. */
    void finished() {
        exchangeOver();
        if (draining()) {
            ctx.close();
        } else {
            ctx.read();
        }
    }

    /** The answer is written; the rest of the request's body is small enough to read past. */
    void finishedWithBodyLeft() {
        exchangeOver();
        passingOver = true;
        ctx.read();
    }

    /** The answer is written and it was the last on this connection. */
    void finishedForGood(boolean bodyLeft) {
        exchangeOver();
        if (!bodyLeft) {
            ctx.close();
            return;
        }
        lingering = true;
        endOutput();
        ctx.executor().schedule(() -> ctx.close(), LINGER_SECONDS, TimeUnit.SECONDS);
        ctx.read();
    }

    /** Tells the client at once that nothing follows. Not under TLS, where some stop reading as well when told so. */
    private void endOutput() {
        if (ctx.pipeline().get(SslHandler.class) == null) {
            ((DuplexChannel) ctx.channel()).shutdownOutput();
        }
    }

    /** No answer can be finished any more. What the kernel still holds of this one goes with the connection. */
    void cut() {
        exchangeOver();
        Reset.connection(ctx.channel());
    }

    private void exchangeOver() {
        if (exchange != null) {
            exchange = null;
            reads.expect(0);
            reserved(-reserved);
            front.drain().exchangeEnded();
        }
    }

    private void passOver(Object message) {
        discard(message);
        if (message instanceof LastHttpContent) {
            passingOver = false;
            if (draining()) {
                ctx.close();
                return;
            }
        }
        ctx.read();
    }

    private void linger(Object message) {
        lingeredBytes += discard(message);
        if (message instanceof LastHttpContent || lingeredBytes > MAX_LINGER_BYTES) {
            ctx.close();
        } else {
            ctx.read();
        }
    }

    private static int discard(Object message) {
        int bytes = message instanceof HttpContent content ? content.content().readableBytes() : 0;
        ReferenceCountUtil.release(message);
        return bytes;
    }

    static boolean worthPassingOver(long bytesLeft) {
        return bytesLeft <= MAX_PASSED_OVER_BYTES;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (exchange != null) {
            exchange.writabilityChanged();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (exchange != null) {
            exchange.connectionLost();
            exchangeOver();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof IdleStateEvent) {
            if (exchange == null) {
                ctx.close();
            } else {
                exchange.stoodStill();
            }
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof OutOfMemoryError) {
            front.events().tell(new Refused(Refusal.MEMORY));
        } // else a reset, or a TLS alert: nobody is left to tell
        ctx.close();
    }
}

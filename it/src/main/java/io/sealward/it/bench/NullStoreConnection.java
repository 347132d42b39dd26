package io.sealward.it.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Promise;
import java.util.Map;

/** One connection of the {@link NullStore}. */
final class NullStoreConnection extends SimpleChannelInboundHandler<HttpObject> {
    private static final String ETAG = "\"0123456789abcdef0123456789abcdef-0\"";

    private final Map<String, KeptObject> objects;
    private final Promise<Void> released;
    private HttpRequest request;
    private KeptObject.Draft draft;

    NullStoreConnection(Map<String, KeptObject> objects, Promise<Void> released) {
        this.objects = objects;
        this.released = released;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
        if (message instanceof HttpRequest head) {
            begin(ctx, head);
        }
        if (message instanceof HttpContent content) {
            if (draft != null) {
                draft.write(content.content());
            }
            if (message instanceof LastHttpContent) {
                ctx.writeAndFlush(answer());
            }
        }
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest head) {
        request = head;
        boolean put = head.method().equals(HttpMethod.PUT);
        draft = put && head.uri().startsWith("/" + NullStore.KEPT + "/") ? new KeptObject.Draft(head.headers()) : null;
        if (put && head.uri().startsWith("/" + NullStore.HELD + "/")) {
            ctx.channel().config().setAutoRead(false);
            released.addListener(done -> ctx.channel().config().setAutoRead(true));
        }
    }

    private FullHttpResponse answer() {
        if (request.method().equals(HttpMethod.GET)) {
            KeptObject object = objects.get(request.uri());
            return object == null ? response(HttpResponseStatus.NOT_FOUND, Unpooled.EMPTY_BUFFER) : found(object);
        }
        if (request.method().equals(HttpMethod.POST)) {
            released.trySuccess(null);
        } else if (draft != null) {
            objects.put(request.uri(), draft.whole());
        }
        return response(HttpResponseStatus.OK, Unpooled.EMPTY_BUFFER);
    }

    private static FullHttpResponse found(KeptObject object) {
        FullHttpResponse response =
                response(HttpResponseStatus.OK, object.bytes().retainedDuplicate());
        response.headers().add(object.metadata());
        return response;
    }

    private static FullHttpResponse response(HttpResponseStatus status, ByteBuf body) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        response.headers().set(HttpHeaderNames.ETAG, ETAG);
        return response;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}

package io.sealward.gateway.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.concurrent.ScheduledFuture;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.Response;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * An answer that may take long to find: so that no client and no proxy gives up meanwhile, its head leaves with status 200
 * before it is known, and a blank from time to time. What fails then is told by an error document behind that status, as S3
 * does. Source: Amazon S3 API Reference, "CompleteMultipartUpload". On the event loop of its exchange.
 */
final class LateAnswer {
    private static final byte[] DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".getBytes(UTF_8);
    private static final byte[] BLANK = {' '};

    private final Exchange exchange;
    private final long periodMillis;
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private ScheduledFuture<?> next;
    private Exchange.ResponseBody body;

    private LateAnswer(Exchange exchange, Duration period) {
        this.exchange = exchange;
        this.periodMillis = period.toMillis();
    }

    /**
     * Answers when the stage completes, on the event loop.
     *
     * @param answer a document
     * @param period before the head leaves, and between blanks
     * @return fails as {@code answer} does if nothing has left before
     */
    static CompletionStage<Void> send(Exchange exchange, CompletionStage<Response> answer, Duration period) {
        LateAnswer late = new LateAnswer(exchange, period);
        if (exchange.request().protocolVersion().isKeepAliveDefault()) { // HTTP/1.0 has no body without a length
            late.waitOn();
        }
        answer.whenComplete(late::known);
        return late.over;
    }

    private void waitOn() {
        next = exchange.eventLoop().schedule(this::passTime, periodMillis, TimeUnit.MILLISECONDS);
    }

    private void passTime() {
        if (body == null) {
            HttpHeaders headers = new DefaultHttpHeaders()
                    .set(HttpHeaderNames.CONTENT_TYPE, "application/xml")
                    .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
            body = exchange.open(200, headers, () -> next.cancel(false));
            body.write(Unpooled.wrappedBuffer(DECLARATION));
        } else if (body.writable()) {
            body.write(Unpooled.wrappedBuffer(BLANK));
        }
        waitOn();
    }

    private void known(Response response, Throwable failure) {
        if (next != null) {
            next.cancel(false);
        }
        if (body != null) {
            byte[] document = (failure == null ? response : exchange.errorDocument(failure)).body();
            boolean declared = Arrays.mismatch(document, DECLARATION) == DECLARATION.length;
            int from = declared ? DECLARATION.length : 0;
            body.write(Unpooled.wrappedBuffer(document, from, document.length - from));
            body.end();
            over.complete(null);
        } else if (failure == null) {
            exchange.respond(response);
            over.complete(null);
        } else {
            over.completeExceptionally(failure);
        }
    }
}

package io.sealward.gateway.front;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.sealward.gateway.body.ByteSink;
import io.sealward.gateway.budget.Budget;
import io.sealward.gateway.flow.Outlet;
import io.sealward.gateway.store.Asker;
import java.util.concurrent.CompletionStage;

/**
 * One request and its response. Every method is called on {@link #eventLoop()}, and every callback comes there. The
 * first of {@link #respond} and {@link #open} answers it, unless the client has left, and later ones are ignored. A failure
 * of its {@link RequestHandler} answers it if nothing has before, and else cuts the answer short.
 */
public interface Exchange extends Asker {
    /** Unique enough to find the request in the log; sent to the client as {@code x-amz-request-id}. */
    String requestId();

    /** The head of the request. */
    HttpRequest request();

    @Override
    EventLoop eventLoop();

    /**
     * The other end of the connection.
     *
     * @throws io.sealward.gateway.s3.S3Exception AccessDenied if it has gone before it was known
     */
    Peer peer();

    /** Says which operation it turned out to be, for logs and metrics. */
    void named(String operation);

    /** Where buffers for this connection come from. */
    ByteBufAllocator allocator();

    /**
     * Says whose room this exchange takes, from now to its end, when the lease is closed. One that was told before is closed
     * now.
     */
    void countAgainst(Budget.Lease room);

    /**
     * Takes room for what the exchange is about to hold, before it does.
     *
     * @throws io.sealward.gateway.s3.S3Exception SlowDown if there is none
     */
    void reserve(long bytes);

    /**
     * Takes room for what does not last as long as the exchange, on the account of {@link #countAgainst}. Whoever asks
     * closes the lease, before the exchange ends or after.
     *
     * @throws io.sealward.gateway.s3.S3Exception SlowDown if there is none
     */
    Budget.Lease borrow(long bytes);

    /**
     * Reads the request's body into {@code sink}, which is closed whatever happens. An {@code Expect: 100-continue} is
     * answered now and not before. Reading pauses while {@code behind}, where the sink's bytes go, has no room.
     *
     * @return completes when the sink has finished; fails with what the sink threw, or an
     *     {@link io.sealward.gateway.s3.S3Exception} if the client broke off
     */
    CompletionStage<Void> receive(ByteSink sink, Outlet behind);

    /** Puts headers on the answer, whatever it will be, over its own of the same names. */
    void carry(HttpHeaders headers);

    /** Answers with a small response. Whatever is left of the request's body is passed over, within limits. */
    void respond(Response response);

    /**
     * The document by which a failure is told, for an answer that has begun; it stands in the log then, too. Its status has
     * left.
     */
    Response errorDocument(Throwable failure);

    /**
     * Answers with a stream of exactly as many bytes as the Content-Length in {@code headers} says, or in chunks if they say
     * so.
     *
     * @param abandoned called once if the client goes away before the end
     */
    ResponseBody open(int status, HttpHeaders headers, Runnable abandoned);

    /** The body of an answer that is being sent. */
    interface ResponseBody extends Outlet {
        /** All bytes are written. */
        void end();
    }
}

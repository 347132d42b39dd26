package io.sealward.gateway.bucket;

import io.netty.channel.EventLoop;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.store.StoreClient;
import io.sealward.gateway.store.StoreClients;
import io.sealward.gateway.store.StoreErrors;
import io.sealward.gateway.store.StoreRequest;
import io.sealward.gateway.tenant.Admission;
import io.sealward.gateway.xml.XmlElement;
import io.sealward.gateway.xml.XmlParser;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Small exchanges with the store: a request with a document or none, an answer with a document or none. */
public final class StoreDocuments {
    /** A listing of 1000 keys of 1024 bytes, each byte escaped, stays under this. */
    private static final int LIMIT_BYTES = 16 << 20;

    private static final byte[] NONE = {};

    private final StoreClients clients;

    public StoreDocuments(StoreClients clients) {
        this.clients = clients;
    }

    /** Sends a request without a body and parses the answer. Errors of the store fail the stage. */
    public CompletionStage<XmlElement> get(EventLoop loop, Admission admission, StoreRequest request) {
        return send(loop, admission, request, NONE).thenApply(collected -> parse(collected.body()));
    }

    /** Sends a request and collects the answer. Errors of the store fail the stage. */
    public CompletionStage<StoreClient.Collected> send(
            EventLoop loop, Admission admission, StoreRequest request, byte[] body) {
        return clients.on(loop, admission).exchange(request, body, LIMIT_BYTES).thenApply(collected -> {
            if (!collected.response().successful()) {
                throw StoreErrors.of(collected);
            }
            return collected;
        });
    }

    /** A document of the store. */
    public static XmlElement parse(byte[] document) {
        try {
            return XmlParser.parse(document);
        } catch (XmlParser.XmlException e) {
            throw new S3Exception(S3Error.SERVICE_UNAVAILABLE, "The store's answer can not be read.", e);
        }
    }

    /** Ends the exchange with whatever went wrong, on its own loop wherever that was. */
    public static Function<Throwable, Void> failing(Exchange exchange) {
        return failure -> {
            if (exchange.eventLoop().inEventLoop()) {
                exchange.fail(failure);
            } else {
                exchange.eventLoop().execute(() -> exchange.fail(failure));
            }
            return null;
        };
    }
}

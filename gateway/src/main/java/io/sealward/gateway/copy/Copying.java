package io.sealward.gateway.copy;

import io.netty.channel.EventLoop;
import io.sealward.gateway.document.DocumentExchange;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.object.SourceObject;
import io.sealward.gateway.request.Conditions;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.tenant.Admission;

/**
 * A copy on its way.
 *
 * @param request of the copy, and of what it makes
 * @param source the read of what is copied
 * @param own holds the documents of the exchange, under {@link #admission}
 */
record Copying(S3Request request, S3Request source, Exchange exchange, DocumentExchange own) {
    /** Of the target, as long as that of the source holds: what is copied must be allowed on both sides to the last. */
    static Admission admission(S3Request request, S3Request source) {
        return request.admission().whileHolding(source.admission());
    }

    Admission admission() {
        return admission(request, source);
    }

    EventLoop loop() {
        return exchange.eventLoop();
    }

    /** @throws io.sealward.gateway.s3.S3Exception PreconditionFailed if the source is not as the client wants it */
    SourceObject required(SourceObject found) {
        Conditions.requireOfSource(request.headers(), found.etag(), found.lastModified());
        return found;
    }
}

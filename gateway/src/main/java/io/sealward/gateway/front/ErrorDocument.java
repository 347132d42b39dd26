package io.sealward.gateway.front;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.s3.XmlText;
import io.sealward.gateway.store.StoreException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where a failure becomes an answer. */
final class ErrorDocument {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorDocument.class);

    private ErrorDocument() {}

    /** What a failure means in S3's words. Whatever is unforeseen is logged here and told to nobody. */
    static S3Exception classify(Throwable failure, String requestId) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof S3Exception e) {
            return e;
        }
        if (cause instanceof StoreException) {
            LOG.warn("request {}: {}", requestId, cause.getMessage());
            return new S3Exception(S3Error.SERVICE_UNAVAILABLE);
        }
        LOG.error("request {} failed", requestId, cause);
        return new S3Exception(S3Error.INTERNAL_ERROR);
    }

    static Response of(S3Exception failure, String requestId, String resource) {
        S3Error error = failure.error();
        if (error == S3Error.NOT_MODIFIED) {
            return Response.empty(error.status());
        }
        Response response = Response.xml(
                error.status(),
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + error.code() + "</Code><Message>"
                        + XmlText.escape(failure.getMessage()) + "</Message><Resource>" + XmlText.escape(resource)
                        + "</Resource><RequestId>" + requestId + "</RequestId></Error>");
        if (error == S3Error.SLOW_DOWN || error == S3Error.SERVICE_UNAVAILABLE) {
            response.headers().set(HttpHeaderNames.RETRY_AFTER, 1);
        }
        return response;
    }
}

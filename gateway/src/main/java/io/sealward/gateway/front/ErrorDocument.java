package io.sealward.gateway.front;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.sealward.gateway.s3.RelayedError;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.store.NoPlaceException;
import io.sealward.gateway.store.StoreException;
import io.sealward.gateway.xml.XmlText;
import io.sealward.providers.StageFailure;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where a failure becomes an answer. */
final class ErrorDocument {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorDocument.class);

    /** Of what the client sent, and of what the store said: more tells nobody anything. */
    private static final int MAX_ECHO_CHARS = 1024;

    private ErrorDocument() {}

    /** A failure as the client is told it. */
    record Told(int status, String code, String message, Map<String, String> headers) {}

    /** What a failure means in S3's words. Whatever is unforeseen is logged here and told to nobody. */
    static Told tell(Throwable failure, String requestId) {
        Throwable cause = StageFailure.cause(failure);
        if (cause instanceof S3Exception e) {
            return told(e.error(), e.getMessage());
        }
        if (cause instanceof RelayedError e) {
            return new Told(e.status(), e.code(), e.getMessage(), e.headers());
        }
        if (outOfMemory(cause) || outOfTurn(cause)) {
            return told(S3Error.SLOW_DOWN, S3Error.SLOW_DOWN.message());
        }
        if (cause instanceof StoreException) {
            LOG.warn("request {}: {}", requestId, cause.getMessage());
            return told(S3Error.SERVICE_UNAVAILABLE, S3Error.SERVICE_UNAVAILABLE.message());
        }
        LOG.error("request {} failed", requestId, cause);
        return told(S3Error.INTERNAL_ERROR, S3Error.INTERNAL_ERROR.message());
    }

    /** Whether a request has waited for its place at the store as long as it may. */
    static boolean outOfTurn(Throwable failure) {
        return StageFailure.cause(failure) instanceof NoPlaceException;
    }

    /** Whether a buffer could not be had, here or behind a failure of the store's connection. */
    static boolean outOfMemory(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
        }
        return false;
    }

    private static Told told(S3Error error, String message) {
        return new Told(error.status(), error.code(), message, Map.of());
    }

    private static String bounded(String text) {
        return text.length() <= MAX_ECHO_CHARS ? text : text.substring(0, MAX_ECHO_CHARS) + "...";
    }

    /** @param uri of the request, whose query is not echoed */
    static Response of(Told failure, String requestId, String uri) {
        if (failure.status() == 304) {
            return Response.empty(failure.status());
        }
        Response response = Response.xml(
                failure.status(),
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + failure.code() + "</Code><Message>"
                        + XmlText.escape(bounded(failure.message())) + "</Message><Resource>"
                        + XmlText.escape(bounded(path(uri)))
                        + "</Resource><RequestId>" + requestId + "</RequestId></Error>");
        failure.headers().forEach(response.headers()::set);
        if (failure.status() == 503) {
            response.headers().set(HttpHeaderNames.RETRY_AFTER, 1);
        }
        return response;
    }

    private static String path(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }
}

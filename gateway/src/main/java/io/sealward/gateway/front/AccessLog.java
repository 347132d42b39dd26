package io.sealward.gateway.front;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequest;
import io.sealward.gateway.event.Events;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each exchange. The query string is left out: a presigned one grants access. A path is cut where no key is
 * as long.
 */
final class AccessLog {
    private static final Logger LOG = LoggerFactory.getLogger("sealward.access");

    /** A bucket and a key of 1024 bytes, each escaped. */
    private static final int MAX_PATH_CHARS = 3200;

    private final HttpRequest request;
    private final String requestId;
    private final Channel channel;
    private final Events events;
    private final long startNanos = System.nanoTime();
    private long receivedBytes;
    private long sentBytes;
    private int status;
    private String outcome = "-";
    private String operation = "-";
    private Optional<String> project = Optional.empty();

    AccessLog(HttpRequest request, String requestId, Channel channel, Events events) {
        this.events = events;
        this.request = request;
        this.requestId = requestId;
        this.channel = channel;
    }

    void named(String operation) {
        this.operation = operation;
    }

    void of(String project) {
        this.project = Optional.of(project);
    }

    void received(int bytes) {
        receivedBytes += bytes;
    }

    void sent(int bytes) {
        sentBytes += bytes;
    }

    void answered(int status) {
        this.status = status;
    }

    void failed(String code) {
        outcome = code;
    }

    void cut(String code) {
        outcome = "cut:" + code;
    }

    void end() {
        long nanos = System.nanoTime() - startNanos;
        events.tell(new ExchangeEnded(project, operation, status, receivedBytes, sentBytes, nanos));
        if (LOG.isInfoEnabled()) {
            String uri = request.uri();
            int query = uri.indexOf('?');
            int path = Math.min(query < 0 ? uri.length() : query, MAX_PATH_CHARS);
            LOG.info(
                    "{} {} {} {} operation={} status={} outcome={} in={} out={} micros={}",
                    requestId,
                    channel.remoteAddress(),
                    request.method(),
                    uri.substring(0, path),
                    operation,
                    status,
                    outcome,
                    receivedBytes,
                    sentBytes,
                    nanos / 1000);
        }
    }
}

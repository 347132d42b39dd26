package io.sealward.gateway.front;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each exchange. The query string is left out: a presigned one grants access. */
final class AccessLog {
    private static final Logger LOG = LoggerFactory.getLogger("sealward.access");

    private final HttpRequest request;
    private final String requestId;
    private final Channel channel;
    private final long startNanos = System.nanoTime();
    private long receivedBytes;
    private long sentBytes;
    private int status;
    private String outcome = "-";

    AccessLog(HttpRequest request, String requestId, Channel channel) {
        this.request = request;
        this.requestId = requestId;
        this.channel = channel;
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
        if (LOG.isInfoEnabled()) {
            String uri = request.uri();
            int query = uri.indexOf('?');
            LOG.info(
                    "{} {} {} {} status={} outcome={} in={} out={} micros={}",
                    requestId,
                    channel.remoteAddress(),
                    request.method(),
                    query < 0 ? uri : uri.substring(0, query),
                    status,
                    outcome,
                    receivedBytes,
                    sentBytes,
                    (System.nanoTime() - startNanos) / 1000);
        }
    }
}

package io.sealward.gateway.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.loopback.LoopbackGateway;
import io.sealward.gateway.loopback.LoopbackStore;
import io.sealward.gateway.loopback.RawClient;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Buckets as a client asks for them, some at a time. */
class BucketPageTest {
    private static final Pattern TOKEN = Pattern.compile("<ContinuationToken>([^<]+)</ContinuationToken>");

    private final LoopbackStore store = new LoopbackStore(call -> call.respond(
            200,
            Map.of("content-type", "application/xml"),
            ("<ListAllMyBucketsResult><Buckets>" + bucket("b-2") + bucket("a-1") + bucket("b-1") + bucket("b-3")
                            + "</Buckets></ListAllMyBucketsResult>")
                    .getBytes(StandardCharsets.UTF_8)));
    private final LoopbackGateway gateway = new LoopbackGateway(store);
    private final RawClient client = gateway.connect();

    @AfterEach
    void close() {
        client.close();
        gateway.close();
        store.close();
    }

    private static String bucket(String name) {
        return "<Bucket><Name>" + name + "</Name><CreationDate>2026-01-01T00:00:00Z</CreationDate></Bucket>";
    }

    private String list(String query) {
        return client.send("GET /" + query + " HTTP/1.1\r\nHost: gateway\r\n\r\n")
                .answer()
                .text();
    }

    @Test
    void eachPageBeginsWhereTheOneBeforeEnded() {
        String first = list("?prefix=b-&max-buckets=2");
        assertThat(first).contains("<Buckets>" + bucket("b-1") + bucket("b-2") + "</Buckets>", "<Prefix>b-</Prefix>");
        Matcher token = TOKEN.matcher(first);
        assertThat(token.find()).isTrue();
        String second = list("?prefix=b-&max-buckets=2&continuation-token=" + token.group(1));
        assertThat(second).contains("<Buckets>" + bucket("b-3") + "</Buckets>").doesNotContain("ContinuationToken");
        assertThat(list("?prefix=c")).contains("<Buckets></Buckets>");
        assertThat(list("")).contains("a-1", "b-1", "b-2", "b-3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"max-buckets=0", "max-buckets=10001", "max-buckets=x", "continuation-token=%25"})
    void whatIsNoPageIsRefused(String query) {
        assertThat(list("?" + query)).contains("<Code>InvalidArgument</Code>");
    }
}

package io.sealward.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.sigv4.DocExamples;
import io.sealward.gateway.sigv4.RequestSigner;
import io.sealward.gateway.sigv4.RequestTarget;
import io.sealward.gateway.store.StoreSettings.Timeouts;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store gets to see is what was signed. */
class StoreRequestTest {
    private static final RequestSigner SIGNER =
            new RequestSigner(DocExamples.ACCESS_KEY_ID, DocExamples.SECRET, "us-east-1", DocExamples.CLOCK);

    private static HttpRequest sent(StoreRequest request, boolean pathStyle) {
        Duration any = Duration.ofSeconds(1);
        return request.toHttp(
                new StoreSettings("store", 9000, Optional.empty(), pathStyle, new Timeouts(any, any, any)), SIGNER);
    }

    private static RequestTarget verified(HttpRequest sent) {
        DocExamples.verify(sent.method(), sent.uri(), sent.headers());
        return RequestTarget.parse(sent.uri());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"k", "a/b//c/", "a b+c%d", "\u00fc\u20ac", "a?b=c&d#e", "~._-", "./a/../b", "/", "tab\tand\u0001"
            })
    void everyKeyIsTheSameAtBothEnds(String key) {
        for (HttpMethod method : new HttpMethod[] {HttpMethod.GET, HttpMethod.PUT}) {
            assertThat(verified(sent(StoreRequest.of(method, "bkt", key), true)).path())
                    .isEqualTo("/bkt/" + key);
            HttpRequest hosted = sent(StoreRequest.of(method, "bkt", key), false);
            assertThat(verified(hosted).path()).isEqualTo("/" + key);
            assertThat(hosted.headers().get("host")).isEqualTo("bkt.store:9000");
        }
    }

    @ParameterizedTest
    @CsvSource({"'', true, /", "'', false, /", "bkt, true, /bkt", "bkt, false, /"})
    void bucketAndServiceHaveNoKey(String bucket, boolean pathStyle, String path) {
        HttpRequest sent = sent(StoreRequest.ofBucket(HttpMethod.GET, bucket), pathStyle);
        verified(sent);
        assertThat(sent.uri()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../other/", "a/../../other", "..\\other", "./../x", "/../x"})
    void aParameterThatWouldLeadOutOfTheBucketIsNotSent(String value) {
        StoreRequest request = StoreRequest.ofBucket(HttpMethod.GET, "bkt");
        assertThatThrownBy(() -> request.query("prefix", value))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.error()).isEqualTo(S3Error.INVALID_ARGUMENT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"...", "..a/", "a..", "a/../b", ".", "", "2~a.b-c_d", "ab/cd+ef=="})
    void otherParametersAre(String value) {
        HttpRequest sent = sent(StoreRequest.ofBucket(HttpMethod.GET, "bkt").query("marker", value), true);
        assertThat(verified(sent).parameter("marker")).contains(value);
    }

    @Test
    void parametersAreSignedInTheOrderTheyAreSentIn() {
        StoreRequest request = StoreRequest.of(HttpMethod.GET, "bkt", "k")
                .query("uploads", "")
                .query("a-b", "1")
                .query("a", "2 /+\u00fc")
                .query("A", "3");
        HttpRequest sent = sent(request, true);
        verified(sent);
        assertThat(sent.uri()).isEqualTo("/bkt/k?A=3&a=2%20%2F%2B%C3%BC&a-b=1&uploads=");
    }

    @Test
    void ofParametersOfOneNameTheFirstIsSent() {
        StoreRequest request = StoreRequest.ofBucket(HttpMethod.GET, "bkt")
                .query("encoding-type", "url")
                .query("encoding-type", "none");
        assertThat(sent(request, true).uri()).isEqualTo("/bkt?encoding-type=url");
    }
}

package io.sealward.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressingTest {
    private final Addressing addressing = new Addressing(List.of("s3.Example.com"));

    @ParameterizedTest
    @CsvSource({
        "gateway,             /bucket/key,         bucket,     key",
        "gateway,             /bucket//key,        bucket,     /key",
        "gateway,             /bucket/a/../b/,     bucket,     a/../b/",
        "gateway,             /bucket/./a,         bucket,     ./a",
        "b.c.s3.example.com,  /bucket/key,         b.c,        bucket/key",
        "B-1.S3.EXAMPLE.COM:9000, //key,           b-1,        /key",
        "s3.example.com,      /bucket/key,         bucket,     key",
        "evils3.example.com,  /bucket/key,         bucket,     key"
    })
    void bucketAndKeyAreFound(String host, String path, String bucket, String key) {
        assertThat(addressing.find(host, path)).isEqualTo(new Place(bucket, key));
    }

    @ParameterizedTest
    @CsvSource({
        "s3.example.com,     /bucket/key, bucket,     key",
        "bkt.s3.example.com, /key,        bkt,        key",
        "other.example.com,  /key,        other,      key",
        "example.com,        /bucket/key, bucket,     key"
    })
    void ofDomainsInsideEachOtherTheNearestCounts(String host, String path, String bucket, String key) {
        for (List<String> domains :
                List.of(List.of("example.com", "s3.example.com"), List.of("s3.example.com", "example.com"))) {
            assertThat(new Addressing(domains).find(host, path)).isEqualTo(new Place(bucket, key));
        }
    }

    @Test
    void slashesAloneAreAKey() {
        assertThat(addressing.find("gateway", "/bucket//")).isEqualTo(new Place("bucket", "/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bucket/.", "/bucket/./", "/bucket/a/..", "/bucket/a/../", "/bucket//a/.././"})
    void aKeyThatLeadsToTheBucketItselfIsRefused(String path) {
        assertThatThrownBy(() -> addressing.find("gateway", path))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.error()).isEqualTo(S3Error.INVALID_URI));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bucket/..", "/bucket/../other/key", "/bucket/a/../../other/key", "/bucket//../x"})
    void aKeyThatLeadsOutOfItsBucketIsRefused(String path) {
        assertThatThrownBy(() -> addressing.find("gateway", path))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.error()).isEqualTo(S3Error.INVALID_URI));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/../key", "/a/key", "/Bucket/key", "/buc..ket/key", "/127.0.0.1/key", "/bucket-/key", "//key"})
    void whatIsNoBucketNameIsRefused(String path) {
        assertThatThrownBy(() -> addressing.find("gateway", path))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.error()).isEqualTo(S3Error.INVALID_BUCKET_NAME));
    }

    @Test
    void keysAreMeasuredInBytes() {
        addressing.find("gateway", "/bucket/" + "ü".repeat(512));
        assertThatThrownBy(() -> addressing.find("gateway", "/bucket/" + "ü".repeat(513)))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.error()).isEqualTo(S3Error.KEY_TOO_LONG));
    }
}

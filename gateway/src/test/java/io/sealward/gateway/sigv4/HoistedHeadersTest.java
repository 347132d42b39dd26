package io.sealward.gateway.sigv4;

import static io.sealward.gateway.sigv4.DocExamples.HOST;
import static io.sealward.gateway.sigv4.DocExamples.headers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HoistedHeadersTest {
    private static final String PRESIGNED = "/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0&X-Amz-Expires=1";

    @Test
    void parametersOfAPresignedQueryAreHeadersAgain() {
        HttpHeaders sent = headers("Host", HOST);
        HttpHeaders restored =
                restore(PRESIGNED + "&x-amz-meta-a=caf%C3%A9&X-Amz-Checksum-Crc32=AAAAAQ%3D%3D&x-id=PutObject", sent);
        assertThat(restored.get("x-amz-meta-a")).isEqualTo("caf\u00C3\u00A9");
        assertThat(restored.get("x-amz-checksum-crc32")).isEqualTo("AAAAAQ==");
        assertThat(restored.names()).hasSize(3);
        assertThat(sent.names()).hasSize(1);
    }

    @Test
    void theChecksumOfABodyThatWasNotThereYetIsNone() {
        HttpHeaders sent = headers("Host", HOST);
        String ofNothing = "&x-amz-checksum-crc32=AAAAAA%3D%3D&x-amz-sdk-checksum-algorithm=CRC32";
        assertThat(restore(PRESIGNED + ofNothing, sent)).isSameAs(sent);
        assertThat(restore(PRESIGNED + ofNothing + "&x-amz-meta-a=b", sent).get("x-amz-meta-a"))
                .isEqualTo("b");
    }

    @Test
    void anOrdinaryQueryIsNot() {
        HttpHeaders sent = headers("Host", HOST);
        assertThat(restore("/k?x-amz-meta-a=b", sent)).isSameAs(sent);
        assertThat(restore(PRESIGNED, sent)).isSameAs(sent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "&x-amz-meta-a=b%0D%0Ax-evil:1",
                "&x-amz-meta-a=%00",
                "&x-amz-meta-a%0A=b",
                "&x-amz-meta-a%20=b",
                "&x-amz-=b",
                "&x-amz-acl=private&x-amz-acl=public-read",
                "&x-amz-tagging=a"
            })
    void whatCanNotBeOneHeaderIsRefused(String parameters) {
        HttpHeaders sent = headers("Host", HOST, "x-amz-tagging", "b");
        assertThatThrownBy(() -> restore(PRESIGNED + parameters, sent))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.error()).isEqualTo(S3Error.INVALID_ARGUMENT));
    }

    private static HttpHeaders restore(String target, HttpHeaders headers) {
        return HoistedHeaders.restore(RequestTarget.parse(target), headers);
    }
}

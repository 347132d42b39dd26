package io.sealward.gateway.sigv4;

import static io.sealward.gateway.sigv4.DocExamples.EMPTY_SHA256;
import static io.sealward.gateway.sigv4.DocExamples.HOST;
import static io.sealward.gateway.sigv4.DocExamples.headers;
import static io.sealward.gateway.sigv4.DocExamples.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import org.junit.jupiter.api.Test;

/** The examples of the Amazon S3 API Reference, "Authenticating Requests (AWS Signature Version 4)". */
class PublishedVectorsTest {
    private static final String PLAIN_SIGNED_HEADERS = "host;x-amz-content-sha256;x-amz-date";
    private static final String LIFECYCLE = "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543";
    private static final String LIST = "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7";

    @Test
    void getObject() {
        HttpHeaders headers = signed(
                "host;range;x-amz-content-sha256;x-amz-date",
                "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
                "Host",
                HOST,
                "Range",
                "bytes=0-9",
                "x-amz-content-sha256",
                EMPTY_SHA256,
                "x-amz-date",
                "20130524T000000Z");
        Verified verified = DocExamples.verify(HttpMethod.GET, "/test.txt", headers);
        assertThat(verified)
                .isEqualTo(new Verified(DocExamples.CREDENTIAL, new PayloadPolicy.ExactSha256(EMPTY_SHA256)));
    }

    @Test
    void putObject() {
        HttpHeaders headers = signed(
                "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
                "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
                "Host",
                HOST,
                "Date",
                "Fri, 24 May 2013 00:00:00 GMT",
                "x-amz-date",
                "20130524T000000Z",
                "x-amz-storage-class",
                "REDUCED_REDUNDANCY",
                "x-amz-content-sha256",
                "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072");
        assertThat(DocExamples.verify(HttpMethod.PUT, "/test$file.text", headers)
                        .payload())
                .isEqualTo(new PayloadPolicy.ExactSha256(
                        "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072"));
    }

    @Test
    void getBucketLifecycle() {
        verifyPlainGet("/?lifecycle", LIFECYCLE);
    }

    @Test
    void listObjects() {
        verifyPlainGet("/?max-keys=2&prefix=J", LIST);
        verifyPlainGet("/?prefix=J&max-keys=2", LIST);
    }

    @Test
    void anotherQueryIsAnotherSignature() {
        assertThatThrownBy(() -> verifyPlainGet("/?max-keys=2&prefix=K", LIST))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.error()).isEqualTo(S3Error.SIGNATURE_DOES_NOT_MATCH));
    }

    @Test
    void presignedGet() {
        String target = "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256"
                + "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
                + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
                + "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";
        assertThat(DocExamples.verify(HttpMethod.GET, target, headers("Host", HOST))
                        .payload())
                .isEqualTo(new PayloadPolicy.Unsigned());
    }

    @Test
    void ourSignerWritesThePublishedSignatures() {
        assertThat(signature("/?lifecycle")).isEqualTo(LIFECYCLE);
        assertThat(signature("/?max-keys=2&prefix=J")).isEqualTo(LIST);
    }

    private static void verifyPlainGet(String target, String signature) {
        HttpHeaders headers = signed(
                PLAIN_SIGNED_HEADERS,
                signature,
                "Host",
                HOST,
                "x-amz-date",
                "20130524T000000Z",
                "x-amz-content-sha256",
                EMPTY_SHA256);
        DocExamples.verify(HttpMethod.GET, target, headers);
    }

    private static String signature(String target) {
        HttpHeaders headers = headers("Host", HOST);
        new RequestSigner(DocExamples.ACCESS_KEY_ID, DocExamples.SECRET, "us-east-1", DocExamples.CLOCK)
                .sign(HttpMethod.GET, target, headers, EMPTY_SHA256);
        String authorization = headers.get("Authorization");
        return authorization.substring(authorization.lastIndexOf('=') + 1);
    }
}

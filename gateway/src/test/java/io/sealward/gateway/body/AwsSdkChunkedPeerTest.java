package io.sealward.gateway.body;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.sigv4.DocExamples;
import io.sealward.gateway.sigv4.PayloadPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.checksums.DefaultChecksumAlgorithm;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** The chunk encoder of the AWS SDK for Java as an independent peer, in its three framings. */
class AwsSdkChunkedPeerTest {
    static Stream<Arguments> uploads() {
        return Stream.of(0, 1, 8192, 131_071, 131_072, 131_073, 500_000)
                .flatMap(length -> Stream.of(
                        Arguments.of(length, true, ""),
                        Arguments.of(length, true, "CRC32"),
                        Arguments.of(length, true, "SHA256"),
                        Arguments.of(length, false, "CRC32"),
                        Arguments.of(length, false, "CRC32C"),
                        Arguments.of(length, false, "SHA1")));
    }

    @ParameterizedTest
    @MethodSource("uploads")
    void decodesWhatTheSdkSends(int length, boolean payloadSigned, String checksum) throws IOException {
        byte[] plaintext = new byte[length];
        new Random(length).nextBytes(plaintext);
        SignedRequest signed = sign(plaintext, payloadSigned, checksum);
        HttpHeaders headers = new DefaultHttpHeaders();
        signed.request().forEachHeader(headers::add);

        PayloadPolicy policy =
                DocExamples.verify(HttpMethod.PUT, "/bucket/key", headers).payload();
        assertThat(policy).isInstanceOf(PayloadPolicy.Chunked.class);
        CollectingSink sink = new CollectingSink();
        RequestBody request = RequestBody.of(headers, policy);
        try (BodyIntake intake = request.into(sink);
                InputStream body = signed.payload().orElseThrow().newStream()) {
            byte[] wire = body.readAllBytes();
            for (int from = 0; from < wire.length; from += 10_007) {
                intake.write(Unpooled.copiedBuffer(wire, from, Math.min(10_007, wire.length - from)));
            }
            intake.finish();
            assertThat(intake.checksum().map(value -> value.algorithm().name()).orElse(""))
                    .isEqualTo(checksum);
        }
        assertThat(request.length()).isEqualTo(length);
        assertThat(sink.bytes()).isEqualTo(plaintext);
        assertThat(sink.finished()).isTrue();
    }

    private static SignedRequest sign(byte[] plaintext, boolean payloadSigned, String checksum) {
        SdkHttpFullRequest request = SdkHttpFullRequest.builder()
                .method(SdkHttpMethod.PUT)
                .protocol(payloadSigned ? "http" : "https")
                .host(DocExamples.HOST)
                .putHeader("Host", DocExamples.HOST)
                .putHeader("Content-Length", Integer.toString(plaintext.length))
                .encodedPath("/bucket/key")
                .build();
        SignRequest.Builder<AwsCredentialsIdentity> sign = SignRequest.builder(
                        AwsCredentialsIdentity.create(DocExamples.ACCESS_KEY_ID, DocExamples.SECRET))
                .request(request)
                .payload(ContentStreamProvider.fromByteArray(plaintext))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, payloadSigned)
                .putProperty(AwsV4HttpSigner.CHUNK_ENCODING_ENABLED, true)
                .putProperty(HttpSigner.SIGNING_CLOCK, DocExamples.CLOCK);
        if (!checksum.isEmpty()) {
            sign.putProperty(AwsV4HttpSigner.CHECKSUM_ALGORITHM, DefaultChecksumAlgorithm.fromValue(checksum));
        }
        return AwsV4HttpSigner.create().sign(sign.build());
    }
}

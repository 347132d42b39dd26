package io.sealward.it.traps;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.it.stack.Stack;
import io.sealward.it.store.SdkClients;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** A presigned URL permits what was signed; an x-amz header that its holder adds would permit more. */
class UnsignedHeaderTest {
    @RegisterExtension
    static final Stack STACK = Stack.http();

    @ParameterizedTest
    @CsvSource({
        "x-amz-copy-source, /other/key",
        "x-amz-tagging, a=b",
        "x-amz-acl, public-read",
        "x-amz-meta-colour, blue",
        "x-amz-meta-sealward-format, 1",
        "x-amz-server-side-encryption, AES256"
    })
    void aPresignedPutWithAHeaderThatWasNotSignedIsRefusedAndStoresNothing(String header, String value)
            throws Exception {
        String bucket = STACK.bucket();
        URI url;
        try (S3Presigner presigner = SdkClients.presigner(STACK.gateway())) {
            url = URI.create(presigner
                    .presignPutObject(r -> r.signatureDuration(Duration.ofMinutes(5))
                            .putObjectRequest(p -> p.bucket(bucket).key("key")))
                    .url()
                    .toString());
        }

        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(url)
                                .header(header, value)
                                .PUT(HttpRequest.BodyPublishers.ofString("content"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("<Code>AccessDenied<");
        try (S3Client behind = STACK.behind()) {
            assertThat(behind.listObjectsV2(r -> r.bucket(bucket)).contents()).isEmpty();
        }
    }
}

package io.sealward.it.traps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sealward.it.stack.Multipart;
import io.sealward.it.stack.Stack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Checksums of an upload are of the plaintext; those that the store has, of the ciphertext, never reach a client. */
class PlaintextChecksumsTest {
    @RegisterExtension
    static final Stack STACK = Stack.http();

    private static final byte[] CONTENT = Multipart.random(100_000, 11);

    @ParameterizedTest
    @EnumSource(names = {"CRC32", "CRC32_C", "SHA1", "SHA256", "CRC64_NVME"})
    void anUploadWithAChecksumIsReadBackByAClientThatChecksIt(ChecksumAlgorithm algorithm) {
        String bucket = STACK.bucket();
        try (S3Client client = STACK.client()) {
            client.putObject(
                    r -> r.bucket(bucket).key("key").checksumAlgorithm(algorithm), RequestBody.fromBytes(CONTENT));

            assertThat(client.getObjectAsBytes(r -> r.bucket(bucket).key("key").checksumMode(ChecksumMode.ENABLED))
                            .asByteArray())
                    .isEqualTo(CONTENT);
        }
    }

    @Test
    void aWrongChecksumIsRefusedAndStoresNothing() {
        String bucket = STACK.bucket();
        try (S3Client client = STACK.client();
                S3Client behind = STACK.behind()) {
            S3Exception refusal = catchThrowableOfType(
                    S3Exception.class,
                    () -> client.putObject(
                            r -> r.bucket(bucket).key("key").checksumCRC32("AAAAAA=="),
                            RequestBody.fromBytes(CONTENT)));

            assertThat(refusal.statusCode()).isEqualTo(400);
            assertThat(behind.listObjectsV2(r -> r.bucket(bucket)).contents()).isEmpty();
        }
    }

    @Test
    void noChecksumIsToldOfAnObjectOrARange() {
        String bucket = STACK.bucket();
        try (S3Client client = STACK.client()) {
            client.putObject(r -> r.bucket(bucket).key("key"), RequestBody.fromBytes(CONTENT));

            GetObjectResponse whole = client.getObjectAsBytes(
                            r -> r.bucket(bucket).key("key").checksumMode(ChecksumMode.ENABLED))
                    .response();
            assertThat(whole.checksumCRC32()).isNull();
            ResponseBytes<GetObjectResponse> range = client.getObjectAsBytes(
                    r -> r.bucket(bucket).key("key").range("bytes=0-9").checksumMode(ChecksumMode.ENABLED));
            assertThat(range.response().checksumCRC32()).isNull();
            assertThat(range.response().checksumCRC64NVME()).isNull();
        }
    }
}

package io.sealward.it.cloud.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.EncryptResponse;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** That the fake lets nothing through: the gateway's tests prove no more than it checks. */
class FakeAwsTest {
    private static final SdkBytes SECRET = SdkBytes.fromUtf8String("secret");

    private FakeAws aws;
    private FakeKey key;
    private FakeRole role;

    @BeforeEach
    void start() throws IOException {
        aws = FakeAws.start();
        key = aws.createKey("eu-central-1");
        role = aws.createRole("tenant").trustWith("org-1").allow(AwsGrant.useOf(key));
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void anUnsignedRequestIsRefused() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(aws.endpoint())
                .header("X-Amz-Target", "TrentService.Encrypt")
                .POST(BodyPublishers.ofString("{\"KeyId\":\"" + key.arn() + "\",\"Plaintext\":\"AAAA\"}"))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("MissingAuthenticationTokenException");
    }

    @Test
    void aRequestSignedWithAnotherSecretIsRefused() {
        AwsCredentials wrong = AwsBasicCredentials.create(aws.gatewayAccessKeyId(), "wrong");
        assertRefused("SignatureDoesNotMatch", () -> assume(wrong, "org-1", ""));
        AwsCredentials unknown = AwsBasicCredentials.create("AKIANOBODY", "wrong");
        assertRefused("InvalidClientTokenId", () -> assume(unknown, "org-1", ""));
    }

    @Test
    void aRequestChangedAfterItWasSignedIsRefused() {
        AwsCredentials session = session();
        assertRefused(
                "InvalidSignatureException",
                () -> encrypt(session, Region.EU_CENTRAL_1, sent -> sent.putHeader("X-Amz-Date", "20200101T000000Z")));
        assertRefused(
                "InvalidSignatureException",
                () -> encrypt(session, Region.EU_CENTRAL_1, sent -> sent.putHeader("X-Amz-Extra", "unsigned")));
        assertRefused(
                "InvalidSignatureException",
                () -> encrypt(
                        session, Region.EU_CENTRAL_1, sent -> sent.putHeader("X-Amz-Target", "TrentService.Decrypt")));
    }

    @Test
    void aBodyChangedAfterItWasSignedIsRefused() {
        AwsCredentials session = session();
        assertRefused(
                "InvalidSignatureException",
                () -> encrypt(session, Region.EU_CENTRAL_1, sent -> {
                    ContentStreamProvider signed = sent.contentStreamProvider();
                    return sent.contentStreamProvider(() -> changed(signed));
                }));
    }

    @Test
    void aSessionIsNothingWithoutItsToken() {
        AwsSessionCredentials session = session();
        assertRefused(
                "UnrecognizedClientException",
                () -> encrypt(
                        AwsSessionCredentials.create(session.accessKeyId(), session.secretAccessKey(), "other"),
                        Region.EU_CENTRAL_1,
                        UnaryOperator.identity()));
        aws.expireSessions();
        assertRefused("ExpiredTokenException", () -> encrypt(session, Region.EU_CENTRAL_1, UnaryOperator.identity()));
    }

    @Test
    void aKeyIsNotInAnotherRegion() {
        assertRefused("NotFoundException", () -> encrypt(session(), Region.US_EAST_1, UnaryOperator.identity()));
    }

    @Test
    void theGatewayItselfHasNoPermissionOnATenantsKey() {
        assertRefused("AccessDeniedException", () -> encrypt(gateway(), Region.EU_CENTRAL_1, UnaryOperator.identity()));
    }

    @Test
    void theSessionPolicyNarrowsTheRole() {
        role.allow(new AwsGrant(Set.of("kms:*"), "*", Map.of()));
        String elsewhere = key.arn().replace("key/", "key/0");
        Credentials narrowed = assume(gateway(), "org-1", policyFor(elsewhere));
        assertRefused(
                "AccessDeniedException",
                () -> encrypt(credentials(narrowed), Region.EU_CENTRAL_1, UnaryOperator.identity()));

        Credentials fitting = assume(gateway(), "org-1", policyFor(key.arn()));
        encrypt(credentials(fitting), Region.EU_CENTRAL_1, UnaryOperator.identity());
    }

    @Test
    void assumeRoleChecksTheExternalIdAndTheFormOfAllElse() {
        assertRefused("AccessDenied", () -> assume(gateway(), "org-2", ""));
        assertRefused("ValidationError", () -> assume(gateway(), "no spaces here", ""));
        assertRefused("MalformedPolicyDocument", () -> assume(gateway(), "org-1", "{"));
        role.distrust();
        assertRefused("AccessDenied", () -> assume(gateway(), "org-1", ""));
    }

    @Test
    void plaintextHasItsLimits() {
        try (KmsClient kms = kms(session(), Region.EU_CENTRAL_1, UnaryOperator.identity())) {
            for (int length : new int[] {0, 4097}) {
                assertRefused(
                        "ValidationException",
                        () -> kms.encrypt(request ->
                                request.keyId(key.arn()).plaintext(SdkBytes.fromByteArray(new byte[length]))));
            }
            EncryptResponse most =
                    kms.encrypt(request -> request.keyId(key.arn()).plaintext(SdkBytes.fromByteArray(new byte[4096])));
            DecryptResponse back =
                    kms.decrypt(request -> request.keyId(key.arn()).ciphertextBlob(most.ciphertextBlob()));
            assertThat(back.plaintext().asByteArray()).hasSize(4096);
        }
    }

    @Test
    void anotherKeysCiphertextIsTheIncorrectKey() {
        FakeKey other = aws.createKey("eu-central-1");
        role.allow(AwsGrant.useOf(key), AwsGrant.useOf(other));
        try (KmsClient kms = kms(session(), Region.EU_CENTRAL_1, UnaryOperator.identity())) {
            EncryptResponse wrapped =
                    kms.encrypt(request -> request.keyId(key.arn()).plaintext(SECRET));
            assertRefused(
                    "IncorrectKeyException",
                    () -> kms.decrypt(request -> request.keyId(other.arn()).ciphertextBlob(wrapped.ciphertextBlob())));
        }
    }

    private EncryptResponse encrypt(
            AwsCredentials credentials, Region region, UnaryOperator<SdkHttpFullRequest.Builder> tamper) {
        try (KmsClient kms = kms(credentials, region, tamper)) {
            return kms.encrypt(request -> request.keyId(key.arn()).plaintext(SECRET));
        }
    }

    private KmsClient kms(AwsCredentials credentials, Region region, UnaryOperator<SdkHttpFullRequest.Builder> tamper) {
        return KmsClient.builder()
                .endpointOverride(endpoint())
                .region(region)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClient(new TamperingHttpClient(tamper))
                .build();
    }

    private Credentials assume(AwsCredentials caller, String externalId, String policy) {
        try (StsClient sts = StsClient.builder()
                .endpointOverride(endpoint())
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(caller))
                .httpClient(UrlConnectionHttpClient.create())
                .build()) {
            return sts.assumeRole(request -> request.roleArn(role.arn())
                            .roleSessionName("test")
                            .externalId(externalId)
                            .policy(policy.isEmpty() ? null : policy))
                    .credentials();
        }
    }

    private AwsSessionCredentials session() {
        return credentials(assume(gateway(), "org-1", ""));
    }

    private AwsCredentials gateway() {
        return AwsBasicCredentials.create(aws.gatewayAccessKeyId(), aws.gatewaySecretAccessKey());
    }

    private static AwsSessionCredentials credentials(Credentials given) {
        return AwsSessionCredentials.create(given.accessKeyId(), given.secretAccessKey(), given.sessionToken());
    }

    private static String policyFor(String arn) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"kms:Encrypt\","
                + "\"kms:Decrypt\"],\"Resource\":\"" + arn + "\"}]}";
    }

    private static InputStream changed(ContentStreamProvider signed) {
        try (InputStream body = signed.newStream()) {
            byte[] bytes = body.readAllBytes();
            String text = new String(bytes, UTF_8);
            assertThat(text).contains("c2VjcmV0");
            return new ByteArrayInputStream(text.replace("c2VjcmV0", "c2VjcmV1").getBytes(UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private URI endpoint() {
        return aws.endpoint();
    }

    private static void assertRefused(String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(AwsServiceException.class, refused -> assertThat(
                        refused.awsErrorDetails().errorCode())
                .isEqualTo(code));
    }
}

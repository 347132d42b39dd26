package io.sealward.providers.aws;

import io.sealward.providers.InvalidKeySpecException;
import io.sealward.providers.WrapContext;
import io.sealward.providers.WrappedSecret;
import io.sealward.providers.resilience.OwnKey;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptResponse;

/**
 * KMS Decrypt under the credentials that the SDK's default chain finds.
 *
 * @see <a href="https://docs.aws.amazon.com/sdk-for-java/latest/developer-guide/credentials-chain.html">Default credentials
 *     provider chain</a>
 */
record AwsOwnKey(String arn, KmsClient kms) implements OwnKey.Decryption {
    private static final Pattern ARN = Pattern.compile("arn:[a-z-]+:kms:([a-z0-9-]+):[0-9]{12}:key/[A-Za-z0-9-]+");

    static OwnKey of(String arn) {
        var parts = ARN.matcher(arn);
        if (!parts.matches()) {
            throw new InvalidKeySpecException("kms_arn", "'" + arn + "' is not the ARN of a KMS key.");
        }
        KmsClient kms = KmsClient.builder()
                .region(Region.of(parts.group(1)))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(client -> client.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
        return new OwnKey(AwsKek.PROVIDER, arn, new AwsOwnKey(arn, kms), new AwsFaults());
    }

    @Override
    public byte[] decrypt(WrappedSecret wrapped, WrapContext context) {
        DecryptResponse response = kms.decrypt(request -> request.keyId(arn)
                .encryptionContext(context.entries())
                .ciphertextBlob(SdkBytes.fromByteArrayUnsafe(AwsKek.requireCiphertext(wrapped.ciphertext()))));
        AwsKek.requireKey(arn, response.keyId(), response.plaintext());
        return response.plaintext().asByteArrayUnsafe();
    }

    @Override
    public void close() {
        kms.close();
    }
}

package io.sealward.providers.aws;

import static io.sealward.providers.KmsError.CORRUPT;
import static io.sealward.providers.KmsError.UNREACHABLE;

import io.sealward.providers.Kek;
import io.sealward.providers.KmsException;
import io.sealward.providers.RegistrationCheck;
import io.sealward.providers.WrapContext;
import io.sealward.providers.WrappedSecret;
import io.sealward.providers.resilience.CallLane;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.EncryptResponse;

/**
 * One symmetric key in a tenant's AWS KMS, through the tenant's role. The context travels as KMS's encryption context,
 * readable in the tenant's CloudTrail. KMS picks the key's material itself, so a wrapped secret names no version. Each
 * KEK has threads, connections and credentials of its own.
 */
public final class AwsKek implements Kek {
    public static final String PROVIDER = "aws";

    /** KMS Decrypt, parameter CiphertextBlob. */
    private static final int MAX_CIPHERTEXT_BYTES = 6144;

    private final AwsKeySpec spec;
    private final AwsClients clients;
    private final RoleSession session;
    private final CallLane lane;
    private final CallLane probes;

    /** Contacts nobody yet. */
    public AwsKek(AwsKeySpec spec, AwsSettings settings) {
        this.spec = spec;
        clients = AwsClients.of(spec, settings);
        session = new RoleSession(clients.sts(), spec);
        lane = new CallLane(spec.sessionName(), settings.limits(), new AwsFaults());
        probes = new CallLane(spec.sessionName() + "-probe", settings.limits(), new AwsFaults());
    }

    @Override
    public String provider() {
        return PROVIDER;
    }

    @Override
    public String keyId() {
        return spec.kmsArn();
    }

    @Override
    public CompletionStage<WrappedSecret> wrap(byte[] secret, WrapContext context) {
        Kek.requireSecret(secret);
        byte[] own = secret.clone();
        CompletionStage<WrappedSecret> wrapping =
                lane.run(() -> session.call(credentials -> encrypt(own, context, credentials)));
        wrapping.whenComplete((wrapped, failure) -> Arrays.fill(own, (byte) 0));
        return wrapping;
    }

    @Override
    public CompletionStage<byte[]> unwrap(WrappedSecret wrapped, WrapContext context) {
        return unwrap(lane, wrapped, context);
    }

    @Override
    public CompletionStage<Void> probe(WrappedSecret sample, WrapContext context) {
        return unwrap(probes, sample, context).thenAccept(secret -> Arrays.fill(secret, (byte) 0));
    }

    private CompletionStage<byte[]> unwrap(CallLane in, WrappedSecret wrapped, WrapContext context) {
        return in.run(
                () -> session.call(credentials -> decrypt(wrapped.ciphertext(), context, credentials)),
                late -> Arrays.fill(late, (byte) 0));
    }

    /**
     * Proves that the gateway can use the key, and that nobody could get at it through the gateway without knowing the
     * external id.
     *
     * @param context the context that the tenant's policies expect to see
     */
    public RegistrationCheck registrationCheck(WrapContext context) {
        return RegistrationCheck.roundTrip(this, context).then(new ExternalIdCheck(spec, clients.sts(), lane));
    }

    @Override
    public void close() {
        lane.close();
        probes.close();
        clients.close();
    }

    private WrappedSecret encrypt(byte[] secret, WrapContext context, AwsCredentialsProvider credentials) {
        EncryptResponse response = clients.kms().encrypt(request -> request.keyId(spec.kmsArn())
                .encryptionContext(context.entries())
                .plaintext(SdkBytes.fromByteArrayUnsafe(secret))
                .overrideConfiguration(call -> call.credentialsProvider(credentials)));
        requireKey(spec.kmsArn(), response.keyId(), response.ciphertextBlob());
        return new WrappedSecret("", response.ciphertextBlob().asByteArray());
    }

    private byte[] decrypt(byte[] ciphertext, WrapContext context, AwsCredentialsProvider credentials) {
        DecryptResponse response = clients.kms().decrypt(request -> request.keyId(spec.kmsArn())
                .encryptionContext(context.entries())
                .ciphertextBlob(SdkBytes.fromByteArrayUnsafe(requireCiphertext(ciphertext)))
                .overrideConfiguration(call -> call.credentialsProvider(credentials)));
        requireKey(spec.kmsArn(), response.keyId(), response.plaintext());
        return response.plaintext().asByteArrayUnsafe();
    }

    static byte[] requireCiphertext(byte[] ciphertext) {
        if (ciphertext.length == 0 || ciphertext.length > MAX_CIPHERTEXT_BYTES) {
            throw new KmsException(CORRUPT, "These bytes are no secret that AWS KMS wrapped.");
        }
        return ciphertext;
    }

    /** An answer that names another key, or none, says nothing about what was sent: worth repeating. */
    static void requireKey(String arn, String used, SdkBytes result) {
        if (used == null || result == null) {
            throw new KmsException(UNREACHABLE, "AWS KMS answered without a key or a result.");
        }
        if (!arn.equals(used)) {
            throw new KmsException(UNREACHABLE, "AWS KMS used the key " + used + " instead of " + arn + ".");
        }
    }
}

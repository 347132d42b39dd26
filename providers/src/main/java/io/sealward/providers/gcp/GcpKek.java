package io.sealward.providers.gcp;

import static io.sealward.providers.KmsError.CORRUPT;
import static io.sealward.providers.KmsError.MISCONFIGURED;
import static io.sealward.providers.KmsError.UNREACHABLE;

import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.cloud.kms.v1.DecryptRequest;
import com.google.cloud.kms.v1.DecryptResponse;
import com.google.cloud.kms.v1.EncryptRequest;
import com.google.cloud.kms.v1.EncryptResponse;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.sealward.providers.Kek;
import io.sealward.providers.KmsException;
import io.sealward.providers.RegistrationCheck;
import io.sealward.providers.WrapContext;
import io.sealward.providers.WrappedSecret;
import io.sealward.providers.resilience.CallLane;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;

/**
 * A symmetric key in Cloud KMS. The context travels as additional authenticated data, and every field of bytes carries
 * its CRC32C both ways, so that a bit that flips outside TLS is noticed before the object depends on it.
 *
 * <p>Disabling a key version reaches Cloud KMS within a minute as a rule and within hours at worst; taking away the IAM
 * binding takes seconds.
 *
 * @see <a href="https://cloud.google.com/kms/docs/data-integrity-guidelines">Cloud KMS, data integrity guidelines</a>
 * @see <a href="https://cloud.google.com/kms/docs/consistency">Cloud KMS, resource consistency</a>
 */
public final class GcpKek implements Kek {
    public static final String PROVIDER = "gcp";

    private final GcpKeySpec key;
    private final CloudKms kms;
    private final CallLane lane;
    private final CallLane probes;
    private final GcpRegistration registration;

    GcpKek(GcpKeySpec key, CloudKms kms, CallLane lane, CallLane probes, GcpRegistration registration) {
        this.key = key;
        this.kms = kms;
        this.lane = lane;
        this.probes = probes;
        this.registration = registration;
    }

    @Override
    public String provider() {
        return PROVIDER;
    }

    @Override
    public String keyId() {
        return key.keyName();
    }

    @Override
    public CompletionStage<WrappedSecret> wrap(byte[] secret, WrapContext context) {
        Kek.requireSecret(secret);
        byte[] plaintext = secret.clone();
        ByteString aad = UnsafeByteOperations.unsafeWrap(context.canonicalBytes());
        CompletionStage<WrappedSecret> wrapped =
                lane.run(() -> encrypt(UnsafeByteOperations.unsafeWrap(plaintext), aad));
        return wrapped.whenComplete((done, failed) -> Arrays.fill(plaintext, (byte) 0));
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
        ByteString ciphertext = ByteString.copyFrom(wrapped.ciphertext());
        ByteString aad = UnsafeByteOperations.unsafeWrap(context.canonicalBytes());
        return in.run(() -> decrypt(ciphertext, aad), late -> Arrays.fill(late, (byte) 0));
    }

    /**
     * Proves the registration: the pool admits the gateway, the key encrypts and decrypts for it, and the pool turns away
     * a token made out to {@link SubjectTokens#CHECK_AUDIENCE}.
     *
     * @param context what the key's first wrap is bound to
     */
    public RegistrationCheck registrationCheck(WrapContext context) {
        return registration.check(this, context);
    }

    @Override
    public void close() {
        lane.close();
        probes.close();
    }

    private WrappedSecret encrypt(ByteString plaintext, ByteString aad) throws InterruptedException {
        EncryptResponse answer;
        try {
            answer = kms.encrypt(EncryptRequest.newBuilder()
                    .setName(key.wrappingName())
                    .setPlaintext(plaintext)
                    .setPlaintextCrc32C(Crc32c.of(plaintext))
                    .setAdditionalAuthenticatedData(aad)
                    .setAdditionalAuthenticatedDataCrc32C(Crc32c.of(aad))
                    .build());
        } catch (InvalidArgumentException refused) {
            // Nothing was encrypted yet that could be corrupt: the key cannot do what it is registered for.
            KmsException fault = GcpFaults.ofKms(refused);
            throw fault.error() == CORRUPT ? new KmsException(MISCONFIGURED, fault.getMessage()) : fault;
        }
        if (!answer.getVerifiedPlaintextCrc32C() || !answer.getVerifiedAdditionalAuthenticatedDataCrc32C()) {
            throw damaged("Cloud KMS did not confirm the checksums of the request.");
        }
        if (!answer.hasCiphertextCrc32C() || !answer.getCiphertextCrc32C().equals(Crc32c.of(answer.getCiphertext()))) {
            throw damaged("The ciphertext does not have the checksum that Cloud KMS gave with it.");
        }
        if (!answer.getName().startsWith(key.versionPrefix())) {
            throw damaged("Cloud KMS encrypted under another key than " + key.keyName() + ".");
        }
        return new WrappedSecret(
                answer.getName().substring(key.versionPrefix().length()),
                answer.getCiphertext().toByteArray());
    }

    private byte[] decrypt(ByteString ciphertext, ByteString aad) throws InterruptedException {
        return plaintext(kms.decrypt(decryptRequest(key.keyName(), ciphertext, aad)));
    }

    static DecryptRequest decryptRequest(String keyName, ByteString ciphertext, ByteString aad) {
        return DecryptRequest.newBuilder()
                .setName(keyName)
                .setCiphertext(ciphertext)
                .setCiphertextCrc32C(Crc32c.of(ciphertext))
                .setAdditionalAuthenticatedData(aad)
                .setAdditionalAuthenticatedDataCrc32C(Crc32c.of(aad))
                .build();
    }

    static byte[] plaintext(DecryptResponse answer) {
        if (!answer.hasPlaintextCrc32C() || !answer.getPlaintextCrc32C().equals(Crc32c.of(answer.getPlaintext()))) {
            throw damaged("The plaintext does not have the checksum that Cloud KMS gave with it.");
        }
        return answer.getPlaintext().toByteArray();
    }

    /** Damage on the way is a fault of the path, so the call is worth repeating. */
    private static KmsException damaged(String message) {
        return new KmsException(UNREACHABLE, message);
    }
}

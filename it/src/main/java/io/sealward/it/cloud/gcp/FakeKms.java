package io.sealward.it.cloud.gcp;

import static io.sealward.it.cloud.gcp.VersionState.ENABLED;

import com.google.cloud.kms.v1.DecryptRequest;
import com.google.cloud.kms.v1.DecryptResponse;
import com.google.cloud.kms.v1.EncryptRequest;
import com.google.cloud.kms.v1.EncryptResponse;
import com.google.protobuf.ByteString;
import com.google.protobuf.Int64Value;
import com.google.rpc.Code;
import io.grpc.StatusRuntimeException;
import io.sealward.it.cloud.Faults;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Encrypt and Decrypt of Cloud KMS, in the order in which it refuses: token, permission, request, checksums, state of the
 * version, ciphertext.
 *
 * @see <a href="https://cloud.google.com/kms/docs/reference/rpc/google.cloud.kms.v1">Cloud KMS RPC reference</a>
 */
final class FakeKms {
    private static final int MAX_BYTES = 65_536;
    private static final Pattern NAME = Pattern.compile("(.*/cryptoKeys/[^/]+)(?:/cryptoKeyVersions/([0-9]+))?");

    private final FakeTokenService tokens;
    private final Map<String, FakeCryptoKey> keys = new ConcurrentHashMap<>();
    private final Faults faults = new Faults();
    private final AtomicReference<WireDamage> damage = new AtomicReference<>(WireDamage.NONE);
    private volatile Optional<StatusRuntimeException> refusal = Optional.empty();

    FakeKms(FakeTokenService tokens) {
        this.tokens = tokens;
    }

    void add(FakeCryptoKey key) {
        keys.put(key.name(), key);
    }

    void remove(FakeCryptoKey key) {
        keys.remove(key.name());
    }

    Faults faults() {
        return faults;
    }

    void damage(WireDamage kind) {
        damage.set(kind);
    }

    void refuseAll(Optional<StatusRuntimeException> status) {
        refusal = status;
    }

    EncryptResponse encrypt(EncryptRequest request, String token) {
        boolean garbage = disturb();
        FakeCryptoKey key = admit(request.getName(), token, "cloudkms.cryptoKeyVersions.useToEncrypt");
        ByteString plaintext = damage.get().ofRequest(request.getPlaintext());
        ByteString aad = request.getAdditionalAuthenticatedData();
        requireSize("plaintext", plaintext);
        requireSize("additional_authenticated_data", aad);
        if (request.hasPlaintextCrc32C()) {
            requireChecksum("plaintext", plaintext, request.getPlaintextCrc32C());
        }
        if (request.hasAdditionalAuthenticatedDataCrc32C()) {
            requireChecksum("additional_authenticated_data", aad, request.getAdditionalAuthenticatedDataCrc32C());
        }
        int version = versionIn(request.getName()).orElseGet(key::primary);
        requireEnabled(key, version);
        ByteString ciphertext = ByteString.copyFrom(key.encrypt(version, plaintext.toByteArray(), aad.toByteArray()));
        boolean heedsChecksums = damage.get() != WireDamage.CHECKSUMS_IGNORED;
        return EncryptResponse.newBuilder()
                .setName(garbage ? "projects/other/cryptoKeys/other/cryptoKeyVersions/1" : key.versionName(version))
                .setCiphertextCrc32C(crc32c(ciphertext))
                .setCiphertext(damage.get().ofReply(ciphertext))
                .setVerifiedPlaintextCrc32C(heedsChecksums && request.hasPlaintextCrc32C())
                .setVerifiedAdditionalAuthenticatedDataCrc32C(
                        heedsChecksums && request.hasAdditionalAuthenticatedDataCrc32C())
                .build();
    }

    DecryptResponse decrypt(DecryptRequest request, String token) {
        boolean garbage = disturb();
        FakeCryptoKey key = admit(request.getName(), token, "cloudkms.cryptoKeyVersions.useToDecrypt");
        ByteString ciphertext = damage.get().ofRequest(request.getCiphertext());
        ByteString aad = request.getAdditionalAuthenticatedData();
        if (request.hasCiphertextCrc32C()) {
            requireChecksum("ciphertext", ciphertext, request.getCiphertextCrc32C());
        }
        if (request.hasAdditionalAuthenticatedDataCrc32C()) {
            requireChecksum("additional_authenticated_data", aad, request.getAdditionalAuthenticatedDataCrc32C());
        }
        int version = key.versionOf(ciphertext.toByteArray()).orElseThrow(FakeKms::undecipherable);
        requireEnabled(key, version);
        ByteString plaintext = ByteString.copyFrom(key.decrypt(version, ciphertext.toByteArray(), aad.toByteArray())
                .orElseThrow(FakeKms::undecipherable));
        if (garbage) {
            return DecryptResponse.newBuilder().setPlaintext(plaintext).build();
        }
        return DecryptResponse.newBuilder()
                .setPlaintextCrc32C(crc32c(plaintext))
                .setPlaintext(damage.get().ofReply(plaintext))
                .setUsedPrimary(version == key.primary())
                .build();
    }

    private boolean disturb() {
        Faults.Kind trouble = faults.next();
        switch (trouble) {
            case THROTTLE -> throw KmsRefusal.quotaExceeded();
            case OUTAGE -> throw KmsRefusal.plain(Code.UNAVAILABLE, "The service is currently unavailable.");
            default ->
                refusal.ifPresent(status -> {
                    throw status;
                });
        }
        return trouble == Faults.Kind.GARBAGE;
    }

    private FakeCryptoKey admit(String name, String token, String permission) {
        String principal = tokens.principalOf(token).orElseThrow(KmsRefusal::unauthenticated);
        Matcher matcher = NAME.matcher(name);
        FakeCryptoKey key = matcher.matches() ? keys.get(matcher.group(1)) : null;
        if (key == null || !key.admits(principal)) {
            throw KmsRefusal.permissionDenied(permission, name);
        }
        key.pause();
        return key;
    }

    private static Optional<Integer> versionIn(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? Optional.ofNullable(matcher.group(2)).map(Integer::valueOf) : Optional.empty();
    }

    private static void requireEnabled(FakeCryptoKey key, int version) {
        if (!key.has(version)) {
            throw KmsRefusal.plain(Code.NOT_FOUND, "CryptoKeyVersion " + key.versionName(version) + " not found.");
        }
        if (key.state(version) != ENABLED) {
            throw KmsRefusal.notEnabled(key.versionName(version), key.state(version));
        }
    }

    private static void requireSize(String field, ByteString bytes) {
        if (bytes.size() > MAX_BYTES) {
            throw KmsRefusal.plain(Code.INVALID_ARGUMENT, "The " + field + " is longer than 64 KiB.");
        }
    }

    private static void requireChecksum(String field, ByteString bytes, Int64Value expected) {
        if (!crc32c(bytes).equals(expected)) {
            throw KmsRefusal.plain(
                    Code.INVALID_ARGUMENT,
                    "The checksum in field " + field + "_crc32c did not match the data in field " + field + ".");
        }
    }

    private static StatusRuntimeException undecipherable() {
        return KmsRefusal.plain(
                Code.INVALID_ARGUMENT, "Decryption failed: verify that 'name' refers to the correct CryptoKey.");
    }

    private static Int64Value crc32c(ByteString bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.asReadOnlyByteBuffer());
        return Int64Value.of(crc.getValue());
    }
}

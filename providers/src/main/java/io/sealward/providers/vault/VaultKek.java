package io.sealward.providers.vault;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealward.providers.BoundSecret;
import io.sealward.providers.Kek;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.RegistrationCheck;
import io.sealward.providers.WrapContext;
import io.sealward.providers.WrappedSecret;
import io.sealward.providers.resilience.CallLane;
import io.sealward.providers.resilience.CallLimits;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key of a transit engine. The context goes with every call: a derived key takes it into its derivation, and every other key
 * ignores it. It is bound by {@link BoundSecret} as well, so that it holds either way, and nobody needs to tell the gateway
 * which kind of key it is.
 *
 * <p>Of Vault's {@code vault:v3:...} the version is kept as the key's version, and the rest as the bytes that it is base64 of.
 *
 * @see <a href="https://developer.hashicorp.com/vault/api-docs/secret/transit#encrypt-data">Transit, Encrypt data</a>
 */
public final class VaultKek implements Kek {
    public static final String PROVIDER = "vault";

    private static final Pattern CIPHERTEXT = Pattern.compile("vault:v([1-9][0-9]{0,8}):([A-Za-z0-9+/]+={0,2})");
    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,8}");

    private final VaultKeySpec spec;
    private final VaultSession session;
    private final CallLane lane;
    private final CallLane probes;
    private final VaultRegistration registration;

    private VaultKek(VaultKeySpec spec, VaultSession session, Credentials credentials, CallLimits limits) {
        this.spec = spec;
        this.session = session;
        String name = "vault-" + spec.key().name();
        lane = new CallLane(name, limits, VaultFaults::of);
        probes = new CallLane(name + "-probe", limits, VaultFaults::of);
        registration = new VaultRegistration(spec, session, credentials, lane);
    }

    /** Contacts nobody yet. */
    static VaultKek of(VaultKeySpec spec, Credentials credentials, CallLimits limits) {
        VaultSession session = new VaultSession(new VaultClient(spec.server()), spec, credentials);
        return new VaultKek(spec, session, credentials, limits);
    }

    @Override
    public String provider() {
        return PROVIDER;
    }

    @Override
    public String keyId() {
        return spec.keyUrl();
    }

    @Override
    public CompletionStage<WrappedSecret> wrap(byte[] secret, WrapContext context) {
        Kek.requireSecret(secret);
        byte[] plaintext = BoundSecret.bind(secret, context);
        CompletionStage<WrappedSecret> wrapped = lane.run(() -> encrypt(plaintext, context));
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
        String ciphertext = base64(wrapped.ciphertext());
        return in.run(
                () -> {
                    byte[] bound = plaintext(
                            session.post(path("decrypt"), decryption(wrapped.keyVersion(), ciphertext, context)));
                    try {
                        return BoundSecret.release(bound, context);
                    } finally {
                        Arrays.fill(bound, (byte) 0);
                    }
                },
                late -> Arrays.fill(late, (byte) 0));
    }

    /**
     * Proves the registration: the role admits the gateway and refuses everybody else, its token may encrypt and decrypt with
     * this key and do nothing else, and the key does both.
     *
     * @param context what the key's first wrap is bound to
     */
    RegistrationCheck registrationCheck(WrapContext context) {
        return registration.check(this, context);
    }

    @Override
    public void close() {
        lane.close();
        probes.close();
    }

    private WrappedSecret encrypt(byte[] plaintext, WrapContext context) throws InterruptedException {
        JsonNode answer;
        try {
            answer = session.post(
                    path("encrypt"),
                    Map.of("plaintext", base64(plaintext), "context", base64(context.canonicalBytes())));
        } catch (VaultAnswerException refused) {
            throw VaultFaults.ofEncryption(refused);
        }
        Matcher parts = CIPHERTEXT.matcher(answer.at("/data/ciphertext").asText());
        if (!parts.matches()) {
            throw notUnderstood();
        }
        return new WrappedSecret(parts.group(1), bytes(parts.group(2)));
    }

    static Map<String, String> decryption(WrappedSecret wrapped, WrapContext context) {
        return decryption(wrapped.keyVersion(), base64(wrapped.ciphertext()), context);
    }

    private static Map<String, String> decryption(String version, String ciphertext, WrapContext context) {
        if (!VERSION.matcher(version).matches()) {
            throw new KmsException(KmsError.CORRUPT, "The wrapped secret names no version of a key.");
        }
        return Map.of(
                "ciphertext", "vault:v" + version + ":" + ciphertext, "context", base64(context.canonicalBytes()));
    }

    /** Of an answer to {@code decrypt}; the caller owns and should wipe it. */
    static byte[] plaintext(JsonNode answer) {
        JsonNode plaintext = answer.at("/data/plaintext");
        if (!plaintext.isTextual()) {
            throw notUnderstood();
        }
        return bytes(plaintext.textValue());
    }

    private String path(String operation) {
        return spec.key().mount() + "/" + operation + "/" + spec.key().name();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] bytes(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException malformed) {
            throw notUnderstood();
        }
    }

    private static KmsException notUnderstood() {
        return new KmsException(KmsError.UNREACHABLE, "Vault answered what is not understood.");
    }
}

package io.sealward.providers.pkcs11;

import io.sealward.providers.Kek;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.RegistrationCheck;
import io.sealward.providers.WrapContext;
import io.sealward.providers.WrappedSecret;
import io.sealward.providers.resilience.CallLane;
import io.sealward.providers.resilience.CallLimits;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import javax.crypto.AEADBadTagException;
import javax.crypto.SecretKey;

/**
 * An AES-256 key in a token, used with AES-GCM by the token itself, with the context as additional authenticated data. A key
 * that is removed is {@link KmsError#DESTROYED}; one that could leave the token is never used.
 */
public final class Pkcs11Kek implements Kek {
    public static final String PROVIDER = "pkcs11";

    /** A key of a token has no versions. */
    private static final String NO_VERSION = "";

    private static final WrapContext SELF_TEST = WrapContext.of(Map.of("sealward:test", "self"));

    /** A call takes milliseconds, of a token that all keys share. */
    static final CallLimits LIMITS = new CallLimits(4, 256, 3, Duration.ofSeconds(5), Duration.ofMillis(100));

    private final Token token;
    private final String label;
    private final CallLane lane;
    private final CallLane probes;

    Pkcs11Kek(Token token, String label, CallLimits limits) {
        this.token = token;
        this.label = label;
        lane = new CallLane("pkcs11-" + label, limits, TokenFaults::of);
        probes = new CallLane("pkcs11-" + label + "-probe", limits, TokenFaults::of);
    }

    @Override
    public String provider() {
        return PROVIDER;
    }

    @Override
    public String keyId() {
        return label;
    }

    @Override
    public CompletionStage<WrappedSecret> wrap(byte[] secret, WrapContext context) {
        Kek.requireSecret(secret);
        byte[] own = secret.clone();
        CompletionStage<WrappedSecret> wrapped = lane.run(() -> token.request(session ->
                new WrappedSecret(NO_VERSION, TokenWrap.seal(session.provider(), session.key(label), own, context))));
        return wrapped.whenComplete((done, failed) -> Arrays.fill(own, (byte) 0));
    }

    @Override
    public CompletionStage<byte[]> unwrap(WrappedSecret wrapped, WrapContext context) {
        byte[] ciphertext = wrapped.ciphertext().clone();
        return lane.run(
                () -> token.request(session -> open(session, wrapped.keyVersion(), ciphertext, context)),
                late -> Arrays.fill(late, (byte) 0));
    }

    @Override
    public CompletionStage<Void> probe(WrappedSecret sample, WrapContext context) {
        byte[] ciphertext = sample.ciphertext().clone();
        return probes.run(() -> token.probe(session -> {
            Arrays.fill(open(session, sample.keyVersion(), ciphertext, context), (byte) 0);
            return null;
        }));
    }

    private byte[] open(TokenSession session, String version, byte[] ciphertext, WrapContext context)
            throws GeneralSecurityException, IOException, InterruptedException {
        if (!version.equals(NO_VERSION)) {
            throw new KmsException(
                    KmsError.CORRUPT, "The wrapped secret names a version, which '" + label + "' has not.");
        }
        SecretKey key = session.key(label);
        try {
            return TokenWrap.open(session.provider(), key, ciphertext, context);
        } catch (AEADBadTagException refused) {
            requireSelfTest(session, key);
            throw new KmsException(
                    KmsError.CORRUPT,
                    "The wrapped secret was changed, belongs to another object, or was wrapped by another key of this label.",
                    refused);
        }
    }

    /** Of a library that fails one cannot tell a tag that is wrong, so the key must open what it has just sealed. */
    private static void requireSelfTest(TokenSession session, SecretKey key) throws GeneralSecurityException {
        try {
            TokenWrap.open(
                    session.provider(),
                    key,
                    TokenWrap.seal(session.provider(), key, new byte[1], SELF_TEST),
                    SELF_TEST);
        } catch (AEADBadTagException failing) {
            throw new KmsException(KmsError.UNREACHABLE, "The token fails to decrypt what it encrypts.", failing);
        }
    }

    /**
     * Proves the registration: the key is of the right kind and stays in the token, it encrypts and decrypts, and decrypts
     * nothing for another context, as would a library that takes no additional data.
     *
     * @param context what the key's first wrap is bound to
     */
    RegistrationCheck registrationCheck(WrapContext context) {
        return RegistrationCheck.roundTrip(this, context).then(this::refusesOtherContexts);
    }

    private CompletionStage<Void> refusesOtherContexts() {
        return lane.run(() -> token.request(session -> {
            SecretKey key = session.key(label);
            byte[] wrapped = TokenWrap.seal(session.provider(), key, new byte[1], SELF_TEST);
            try {
                TokenWrap.open(session.provider(), key, wrapped, WrapContext.of(Map.of("sealward:test", "another")));
            } catch (AEADBadTagException refused) {
                return null;
            }
            throw new KmsException(
                    KmsError.MISCONFIGURED,
                    "The token decrypts whatever additional data it is given: it cannot bind a secret.");
        }));
    }

    /** Leaves the token to the other keys. */
    @Override
    public void close() {
        lane.close();
        probes.close();
    }
}

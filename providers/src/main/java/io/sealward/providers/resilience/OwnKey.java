package io.sealward.providers.resilience;

import io.sealward.providers.Unwrapper;
import io.sealward.providers.WrapContext;
import io.sealward.providers.WrappedSecret;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;

/** A key under credentials of its owner's. Nobody waits behind its calls, so they have time: the first may have to look for credentials. */
public final class OwnKey implements Unwrapper {
    private static final CallLimits PATIENT = new CallLimits(1, 256, 4, Duration.ofSeconds(60), Duration.ofSeconds(1));

    private final String provider;
    private final String keyId;
    private final Decryption decryption;
    private final CallLane lane;

    public OwnKey(String provider, String keyId, Decryption decryption, FaultMapping faults) {
        this.provider = provider;
        this.keyId = keyId;
        this.decryption = decryption;
        this.lane = new CallLane(provider, PATIENT, faults);
    }

    /** The KMS's Decrypt. Blocking; called by one thread. */
    public interface Decryption extends AutoCloseable {
        byte[] decrypt(WrappedSecret wrapped, WrapContext context) throws Exception;

        @Override
        default void close() {}
    }

    @Override
    public String provider() {
        return provider;
    }

    @Override
    public String keyId() {
        return keyId;
    }

    @Override
    public CompletionStage<byte[]> unwrap(WrappedSecret wrapped, WrapContext context) {
        return lane.run(() -> decryption.decrypt(wrapped, context), late -> Arrays.fill(late, (byte) 0));
    }

    @Override
    public void close() {
        lane.close();
        decryption.close();
    }
}

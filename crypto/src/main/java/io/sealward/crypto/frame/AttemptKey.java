package io.sealward.crypto.frame;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sealward.crypto.key.Dek;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** The AES key of one attempt at one part. Unlike the JDK's own key it can be wiped. */
final class AttemptKey implements SecretKey {
    private static final int TAG_BITS = 128;
    private static final int NONCE_BYTES = 12;
    private static final byte[] INFO = "sealward v1 part".getBytes(US_ASCII);

    private final transient byte[] bytes;

    private AttemptKey(byte[] bytes) {
        this.bytes = bytes;
    }

    static AttemptKey of(Dek dek, int partNumber, AttemptSalt salt) {
        byte[] info = ByteBuffer.allocate(INFO.length + Integer.BYTES)
                .put(INFO)
                .putInt(partNumber)
                .array();
        return new AttemptKey(dek.derive(salt.bytes(), info));
    }

    /** The nonce of a frame is its index: the key is used for one attempt only. */
    static AlgorithmParameterSpec nonce(int index) {
        byte[] nonce = ByteBuffer.allocate(NONCE_BYTES)
                .putInt(NONCE_BYTES - Integer.BYTES, index)
                .array();
        return new GCMParameterSpec(TAG_BITS, nonce);
    }

    @Override
    public String getAlgorithm() {
        return "AES";
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    @Override
    public byte[] getEncoded() {
        return bytes.clone();
    }

    @Override
    public void destroy() {
        Arrays.fill(bytes, (byte) 0);
    }

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException("a key");
    }
}

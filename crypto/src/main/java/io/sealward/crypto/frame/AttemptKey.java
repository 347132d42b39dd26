package io.sealward.crypto.frame;

import io.sealward.crypto.algorithm.AesGcm;
import io.sealward.crypto.format.Format.Purpose;
import io.sealward.crypto.key.Dek;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.SecretKey;

/** The AES key of one attempt at one part. Unlike the JDK's own key it can be wiped. */
final class AttemptKey implements SecretKey {

    private final transient byte[] bytes;

    private AttemptKey(byte[] bytes) {
        this.bytes = bytes;
    }

    static AttemptKey of(Dek dek, int partNumber, AttemptSalt salt) {
        byte[] part = ByteBuffer.allocate(Integer.BYTES).putInt(partNumber).array();
        return new AttemptKey(dek.derive(Purpose.PART, salt.bytes(), part));
    }

    /** The nonce of a frame is its index: the key is used for one attempt only. */
    static AlgorithmParameterSpec nonce(int index) {
        byte[] nonce = ByteBuffer.allocate(AesGcm.NONCE_BYTES)
                .putInt(AesGcm.NONCE_BYTES - Integer.BYTES, index)
                .array();
        return AesGcm.nonce(nonce, 0);
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

package io.sealward.crypto.frame;

import io.sealward.crypto.algorithm.AesGcm;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the JVM compile AES-GCM before the first frame needs it. The JDK's cipher uses the processor's AES instructions only
 * once its callers are compiled, after thousands of calls, whatever their length: until then a frame of 64 KiB takes
 * milliseconds. So the warm-up makes many calls on little data.
 */
public final class CipherWarmUp {
    private static final int CALLS = 20_000;
    private static final int BYTES = 1024;

    private CipherWarmUp() {}

    /** Encrypts and decrypts throw-away data on the calling thread. Takes about half a second in a cold JVM. */
    public static void run() {
        Cipher cipher = AesGcm.cipher();
        SecretKeySpec key = new SecretKeySpec(new byte[32], "AES");
        byte[] header = new byte[FrameHeader.BYTES];
        byte[] plain = new byte[BYTES];
        byte[] sealed = new byte[BYTES + AesGcm.TAG_BYTES];
        try {
            for (int i = 1; i <= CALLS; i++) {
                cipher.init(Cipher.ENCRYPT_MODE, key, AttemptKey.nonce(i));
                cipher.updateAAD(header);
                cipher.doFinal(plain, 0, plain.length, sealed, 0);
                cipher.init(Cipher.DECRYPT_MODE, key, AttemptKey.nonce(i));
                cipher.updateAAD(header);
                cipher.doFinal(sealed, 0, sealed.length, plain, 0);
            }
        } catch (GeneralSecurityException e) {
            throw AesGcm.unavailable(e);
        }
    }
}

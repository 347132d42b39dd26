package io.sealward.crypto.frame;

import io.sealward.crypto.algorithm.AesGcm;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the JVM compile the cipher. The JDK's AES-GCM uses the processor's own instructions only once its callers are
 * compiled, which takes thousands of calls, long or short: until then a frame of 64 KiB takes milliseconds. Calls on
 * little data get there soon.
 */
public final class FrameWarmUp {
    private static final int CALLS = 20_000;
    private static final int BYTES = 1024;

    private FrameWarmUp() {}

    /** Encrypts and decrypts throw-away data. Takes about half a second in a cold JVM. */
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

package io.sealward.crypto.frame;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;

final class FrameCipher {
    private FrameCipher() {}

    /** From the first provider that has it, so that a faster one can be put before the JDK's own. */
    static Cipher create() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM cannot do AES-256-GCM", e);
        }
    }
}

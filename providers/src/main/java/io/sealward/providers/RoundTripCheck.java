package io.sealward.providers;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;

/** Encrypt, decrypt, compare: the only proof open to a caller who is granted nothing but those two. */
record RoundTripCheck(Kek kek, WrapContext context) implements RegistrationCheck {
    @Override
    public CompletionStage<Void> run() {
        byte[] secret = new byte[Kek.MAX_SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return kek.wrap(secret, context)
                .thenCompose(wrapped -> kek.unwrap(wrapped, context))
                .thenAccept(unwrapped -> compare(secret, unwrapped));
    }

    private void compare(byte[] secret, byte[] unwrapped) {
        boolean same = MessageDigest.isEqual(secret, unwrapped);
        Arrays.fill(unwrapped, (byte) 0);
        if (!same) {
            throw new KmsException(
                    KmsError.CORRUPT, "The key " + kek.keyId() + " decrypted to something else than it encrypted.");
        }
    }
}

package io.sealward.providers.local;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import org.bouncycastle.crypto.util.PBKDF2Config;
import org.bouncycastle.jcajce.BCFKSLoadStoreParameter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** An empty keystore whose password takes one round to derive keys from, not 51,200; whoever rewrites it keeps that. */
public final class QuickKeystore {
    private QuickKeystore() {}

    /** Makes the file, and returns it. */
    public static Path at(Path file, char[] password) {
        try (OutputStream out = Files.newOutputStream(file)) {
            KeyStore keys = KeyStore.getInstance("BCFKS", new BouncyCastleProvider());
            keys.load(null, null);
            keys.store(new BCFKSLoadStoreParameter.Builder(out, password)
                    .withStorePBKDFConfig(new PBKDF2Config.Builder()
                            .withIterationCount(1)
                            .withSaltLength(64)
                            .withPRF(PBKDF2Config.PRF_SHA512)
                            .build())
                    .build());
            return file;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

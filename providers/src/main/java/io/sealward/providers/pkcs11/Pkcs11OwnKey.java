package io.sealward.providers.pkcs11;

import io.sealward.providers.InvalidKeySpecException;
import io.sealward.providers.Unwrapper;
import io.sealward.providers.WrapContext;
import io.sealward.providers.WrappedSecret;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * A key of the token that the environment names: {@code SEALWARD_PKCS11_LIBRARY}, {@code SEALWARD_PKCS11_TOKEN} (its label)
 * and {@code SEALWARD_PKCS11_PIN}.
 */
record Pkcs11OwnKey(Pkcs11Opener token, Pkcs11Kek key) implements Unwrapper {
    static Pkcs11OwnKey of(String label) {
        Pkcs11Opener token = new Pkcs11Opener(new Pkcs11Setup(
                Path.of(setting("LIBRARY")).toAbsolutePath(), setting("TOKEN"), OptionalLong.empty(), setting("PIN")));
        return new Pkcs11OwnKey(token, token.kek(label));
    }

    private static String setting(String name) {
        String variable = "SEALWARD_PKCS11_" + name;
        return Optional.ofNullable(System.getenv(variable))
                .orElseThrow(() -> new InvalidKeySpecException("key_label", "Set " + variable + "."));
    }

    @Override
    public String provider() {
        return key.provider();
    }

    @Override
    public String keyId() {
        return key.keyId();
    }

    @Override
    public CompletionStage<byte[]> unwrap(WrappedSecret wrapped, WrapContext context) {
        return key.unwrap(wrapped, context);
    }

    @Override
    public void close() {
        key.close();
        token.close();
    }
}

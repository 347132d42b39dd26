package io.sealward.gateway.sigv4;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key of a credential for one scope. Thread-safe; never printed. */
final class SigningKey {
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    private SigningKey(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    static SigningKey derive(String secretAccessKey, CredentialScope scope) {
        SigningKey secret = new SigningKey(("AWS4" + secretAccessKey).getBytes(UTF_8));
        return secret.next(scope.date())
                .next(scope.region())
                .next(scope.service())
                .next(CredentialScope.TERMINATOR);
    }

    /** The signature in lower-case hex. */
    String sign(String stringToSign) {
        return HexFormat.of().formatHex(hmac(stringToSign.getBytes(US_ASCII)));
    }

    private SigningKey next(String text) {
        return new SigningKey(hmac(text.getBytes(UTF_8)));
    }

    private byte[] hmac(byte[] data) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform lacks " + ALGORITHM, e);
        }
    }
}

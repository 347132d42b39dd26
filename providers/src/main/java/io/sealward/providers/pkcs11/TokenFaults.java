package io.sealward.providers.pkcs11;

import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the return values of a PKCS#11 library mean for the key. SunPKCS11 wraps them in exceptions of every kind; the innermost
 * has the value's name for its message.
 *
 * @see <a href="https://docs.oasis-open.org/pkcs11/pkcs11-spec/v3.1/os/pkcs11-spec-v3.1-os.html">PKCS#11, 5.1</a>
 */
final class TokenFaults {
    private static final Logger LOG = LoggerFactory.getLogger(TokenFaults.class);

    private static final Pattern CODE = Pattern.compile("\\b(CKR_[A-Z0-9_]+|0x[0-9A-Fa-f]{8,16})\\b");

    /** Nothing that could be tried again: each try with a wrong PIN brings the token nearer to locking itself. */
    private static final Set<String> PIN = Set.of(
            "CKR_PIN_INCORRECT",
            "CKR_PIN_INVALID",
            "CKR_PIN_LEN_RANGE",
            "CKR_PIN_EXPIRED",
            "CKR_PIN_LOCKED",
            "CKR_PIN_TOO_WEAK",
            "CKR_USER_PIN_NOT_INITIALIZED",
            "CKR_USER_TYPE_INVALID");

    /** The last is CKR_AEAD_DECRYPT_FAILED of PKCS#11 3.0, which older JDKs have no name for. */
    private static final Set<String> CIPHERTEXT = Set.of(
            "CKR_ENCRYPTED_DATA_INVALID", "CKR_ENCRYPTED_DATA_LEN_RANGE", "CKR_AEAD_DECRYPT_FAILED", "0x00000042");

    private TokenFaults() {}

    /** Never throws, and shows nothing of the token but the code and what to do. */
    static KmsException of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof KmsException already) {
                return already;
            }
        }
        if (failure instanceof InterruptedException) {
            return new KmsException(KmsError.UNREACHABLE, "The call was given up before its turn.", failure);
        }
        String code = code(failure);
        if (code.isEmpty()) {
            LOG.warn("a call to the token failed in an unforeseen way: {}", failure.toString());
            return new KmsException(KmsError.UNREACHABLE, "The token does not answer.", failure);
        }
        return new KmsException(classify(code), said(code), failure);
    }

    /** The name of a return value, or its number if it has none; empty if the library returned nothing bad. */
    static String code(Throwable failure) {
        String code = "";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getClass().getSimpleName().equals("PKCS11Exception")) {
                Matcher found = CODE.matcher(String.valueOf(cause.getMessage()));
                code = found.find() ? found.group(1) : cause.getMessage();
            }
        }
        return code;
    }

    static boolean ofCiphertext(Throwable failure) {
        return CIPHERTEXT.contains(code(failure));
    }

    /** Whether the token may have been lost, so that nothing of the session may be used any more. */
    static boolean endsSession(KmsException fault) {
        return fault.error() == KmsError.UNREACHABLE && !fault.gatewaysOwn();
    }

    static boolean ofPin(Throwable failure) {
        return PIN.contains(code(failure));
    }

    private static KmsError classify(String code) {
        if (PIN.contains(code)) {
            return KmsError.MISCONFIGURED;
        }
        return switch (code) {
            // What its owner has forbidden the key to do, by CKA_DECRYPT for one.
            case "CKR_KEY_FUNCTION_NOT_PERMITTED", "CKR_ACTION_PROHIBITED" -> KmsError.REVOKED;
            case "CKR_MECHANISM_INVALID",
                    "CKR_MECHANISM_PARAM_INVALID",
                    "CKR_KEY_TYPE_INCONSISTENT",
                    "CKR_KEY_SIZE_RANGE" -> KmsError.MISCONFIGURED;
            case "CKR_SESSION_COUNT" -> KmsError.THROTTLED;
            default -> KmsError.UNREACHABLE;
        };
    }

    private static String said(String code) {
        if (PIN.contains(code)) {
            return "The token answered " + code + ". The PIN is not tried again before the gateway's next start.";
        }
        String cure =
                switch (code) {
                    case "CKR_KEY_FUNCTION_NOT_PERMITTED", "CKR_ACTION_PROHIBITED" ->
                        " The key must be allowed to encrypt and to decrypt.";
                    case "CKR_MECHANISM_INVALID", "CKR_MECHANISM_PARAM_INVALID", "CKR_KEY_TYPE_INCONSISTENT" ->
                        " Token and key must do AES-GCM.";
                    default -> "";
                };
        return "The token answered " + code + "." + cure;
    }
}

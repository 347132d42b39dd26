package io.sealward.providers.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import java.security.InvalidKeyException;
import java.security.ProviderException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenFaultsTest {
    /** Named and worded as the JDK's, which no test can make. */
    private static final class PKCS11Exception extends Exception {
        private static final long serialVersionUID = 1L;

        PKCS11Exception(String message) {
            super(message);
        }
    }

    private static Throwable failure(String code) {
        return new InvalidKeyException("Could not initialize cipher", new PKCS11Exception(code));
    }

    @ParameterizedTest
    @CsvSource({
        "CKR_KEY_FUNCTION_NOT_PERMITTED, REVOKED",
        "CKR_ACTION_PROHIBITED, REVOKED",
        "CKR_MECHANISM_INVALID, MISCONFIGURED",
        "CKR_KEY_TYPE_INCONSISTENT, MISCONFIGURED",
        "CKR_KEY_SIZE_RANGE, MISCONFIGURED",
        "CKR_PIN_INCORRECT, MISCONFIGURED",
        "CKR_PIN_LOCKED, MISCONFIGURED",
        "CKR_SESSION_COUNT, THROTTLED",
        "CKR_OBJECT_HANDLE_INVALID, UNREACHABLE",
        "CKR_KEY_HANDLE_INVALID, UNREACHABLE",
        "CKR_SESSION_HANDLE_INVALID, UNREACHABLE",
        "CKR_USER_NOT_LOGGED_IN, UNREACHABLE",
        "CKR_DEVICE_REMOVED, UNREACHABLE",
        "CKR_TOKEN_NOT_PRESENT, UNREACHABLE",
        "CKR_GENERAL_ERROR, UNREACHABLE",
        "0x80000001, UNREACHABLE",
    })
    void aReturnValueIsNamedAndMeansOneThing(String code, KmsError error) {
        KmsException fault = TokenFaults.of(failure(code));

        assertThat(fault.error()).isEqualTo(error);
        assertThat(fault).hasMessageStartingWith("The token answered " + code + ".");
        assertThat(TokenFaults.endsSession(fault)).isEqualTo(error == KmsError.UNREACHABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CKR_PIN_INCORRECT", "CKR_PIN_LOCKED", "CKR_PIN_EXPIRED", "CKR_USER_PIN_NOT_INITIALIZED"})
    void aRefusedPinIsToldFromAnythingElse(String code) {
        assertThat(TokenFaults.ofPin(failure(code))).isTrue();
        assertThat(TokenFaults.ofPin(failure("CKR_GENERAL_ERROR"))).isFalse();
        assertThat(TokenFaults.of(failure(code))).hasMessageContaining("not tried again");
    }

    @Test
    void whatNewerRuntimesAddToTheNameIsNoPartOfIt() {
        assertThat(TokenFaults.code(failure("CKR_DEVICE_ERROR: C_Login"))).isEqualTo("CKR_DEVICE_ERROR");
        assertThat(TokenFaults.code(failure("0x80000001(CKR_VENDOR)"))).isEqualTo("0x80000001");
    }

    @Test
    void aFailureWithoutAReturnValueIsAnOutageOfWhichNothingIsTold() {
        KmsException fault = TokenFaults.of(new ProviderException("Token has been removed"));

        assertThat(fault.error()).isEqualTo(KmsError.UNREACHABLE);
        assertThat(fault).hasMessage("The token does not answer.");
    }

    @Test
    void whatHasBeenJudgedStaysAsItIs() {
        KmsException judged = new KmsException(KmsError.DESTROYED, "gone");

        assertThat(TokenFaults.of(new ProviderException(judged))).isSameAs(judged);
    }
}

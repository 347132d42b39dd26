package io.sealward.providers.azure;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.microsoft.aad.msal4j.MsalServiceException;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.NoAnswer;
import java.nio.file.FileSystemException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Azure's answers mean for the key. Key Vault is judged by HTTP status and {@code innererror.code}, Entra by its
 * error number, wherever in the chain of causes either stands.
 *
 * @see <a href="https://learn.microsoft.com/azure/key-vault/general/rest-error-codes">Key Vault REST API error codes</a>
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/reference-error-codes">Microsoft Entra error codes</a>
 */
final class AzureFaults {
    private static final Logger LOG = LoggerFactory.getLogger(AzureFaults.class);

    /** The gateway's own secret, certificate or assertion is wrong or has expired; no tenant has refused anything. */
    private static final Pattern OWN_CREDENTIAL =
            Pattern.compile("AADSTS(7000215|7000222|700027|700024|7000216|700021|700211|700212|700213|70021|50013)\\b");

    /** In every refusal of Entra's own. Without it something on the way has answered, whose refusal is nobody's decision. */
    private static final Pattern ENTRA = Pattern.compile("\\bAADSTS[0-9]+\\b");

    private static final int NO_STATUS = 0;

    private static final Pattern CHALLENGED = Pattern.compile("tokens for tenant ([0-9a-zA-Z.-]+[0-9a-zA-Z])");

    private AzureFaults() {}

    static KmsException of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof KmsException already) {
                return already;
            }
            if (cause instanceof MsalServiceException answer) {
                return ofEntra(answer);
            }
            if (cause instanceof HttpResponseException answer && answer.getResponse() != null) {
                return ofVault(answer);
            }
        }
        if (failure instanceof ClientAuthenticationException refused) {
            // Raised before any request: the vault's challenge named a directory that is not the registered one.
            return new KmsException(KmsError.MISCONFIGURED, ofChallenge(refused));
        }
        return unasked(failure);
    }

    /** The library goes on to advise what only the gateway could do, and never does. */
    private static String ofChallenge(ClientAuthenticationException refused) {
        Matcher tenant = CHALLENGED.matcher(String.valueOf(refused.getMessage()));
        return "The vault is in another directory than tenant_id"
                + (tenant.find() ? ": it asks for a token of the tenant " + tenant.group(1) + "." : ".");
    }

    private static KmsException ofEntra(MsalServiceException answer) {
        int status = answer.statusCode() == null ? NO_STATUS : answer.statusCode();
        boolean entras = answer.getMessage() != null
                && ENTRA.matcher(answer.getMessage()).find();
        String message = entras ? answer.getMessage() : "Entra did not answer as it does: HTTP " + status + ".";
        if (status == 429) {
            return new KmsException(KmsError.THROTTLED, message);
        }
        if (!entras || status >= 500 || status == 408) {
            return new KmsException(KmsError.UNREACHABLE, message);
        }
        if (OWN_CREDENTIAL.matcher(message).find()) {
            return KmsException.ofGateway("Entra refused the gateway's own credential: " + message);
        }
        return new KmsException(KmsError.REVOKED, message);
    }

    private static KmsException ofVault(HttpResponseException answer) {
        VaultError said = VaultError.of(answer);
        return said.refusesToken()
                ? KmsException.ofGateway("Key Vault refuses a token that Entra gave: " + said.text())
                : KmsException.advising(classify(said), said.text(), said.cure());
    }

    private static KmsError classify(VaultError said) {
        if (said.code().isEmpty() && said.status() != 429) {
            // Something between us and the vault answered; its 403 is nobody's decision about the key.
            return KmsError.UNREACHABLE;
        }
        return switch (said.status()) {
            case 400 -> KmsError.CORRUPT;
            case 401 -> KmsError.MISCONFIGURED; // a vault of another directory than the registered
            // Key Vault goes on decrypting with an expired key, so expiry is no revocation.
            case 403 -> said.lifetimeOver() ? KmsError.MISCONFIGURED : KmsError.REVOKED;
            case 404, 410 -> KmsError.DESTROYED;
            case 429 -> KmsError.THROTTLED;
            default -> KmsError.UNREACHABLE;
        };
    }

    /**
     * A library may quote what it failed to read, so nothing of it is passed on. A file can only be one of the gateway's own,
     * whose path is the operator's to know and no tenant's.
     */
    private static KmsException unasked(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof FileSystemException) {
            LOG.warn("The gateway's own credential cannot be read: {}", root.toString());
            return KmsException.ofGateway("The gateway's own credential for Azure cannot be read.");
        }
        Optional<String> reason = NoAnswer.reason(failure);
        if (reason.isPresent()) {
            return new KmsException(KmsError.UNREACHABLE, "Azure does not answer: " + reason.get() + ".");
        }
        LOG.warn("an answer of Azure was not understood: {}", root.getClass().getName());
        return new KmsException(KmsError.UNREACHABLE, "Azure answered what is not understood.");
    }
}

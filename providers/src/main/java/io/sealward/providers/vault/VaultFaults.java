package io.sealward.providers.vault;

import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Vault's answers mean for the key: by HTTP status, and within 400, which Vault gives for everything that it finds wrong
 * with a request, by its words.
 *
 * @see <a href="https://developer.hashicorp.com/vault/api-docs#http-status-codes">Vault HTTP status codes</a>
 */
final class VaultFaults {
    private static final Logger LOG = LoggerFactory.getLogger(VaultFaults.class);

    private static final String SEALED = "Vault is sealed";
    private static final Pattern NO_KEY = Pattern.compile("\\bkey not found\\b");
    /** Of a version below {@code min_decryption_version}. */
    private static final Pattern TOO_OLD = Pattern.compile("\\bdisallowed by policy \\(too old\\)");
    /** Of a key that its owner has put away, and may take back. */
    private static final Pattern SOFT_DELETED = Pattern.compile("\\bsoft-deleted key\\b");
    /** Under 500, of an RSA key whose ciphertext does not open. */
    private static final Pattern NOT_RSA = Pattern.compile("\\bfailed to RSA decrypt\\b");
    /** The JWT method could not see to the token: its issuer's keys are elsewhere. */
    private static final Pattern ISSUER_AWAY = Pattern.compile(
            "\\b(configuring token validator|fetching keys|oidc discovery|connection refused|no such host|timeout|deadline exceeded)\\b");

    private static final Pattern OWN_TOKEN = Pattern.compile("\\btoken is expired\\b|\\bnot valid yet\\b");

    private VaultFaults() {}

    static KmsException of(Throwable failure) {
        if (failure instanceof KmsException already) {
            return already;
        }
        if (failure instanceof VaultAnswerException answer) {
            return new KmsException(classify(answer), said(answer));
        }
        LOG.warn("a call to Vault failed in an unforeseen way: {}", failure.toString());
        return new KmsException(KmsError.UNREACHABLE, "The call to Vault failed before it was answered.", failure);
    }

    /** Nothing is encrypted yet that could be corrupt: the key cannot do what it is registered for. */
    static KmsException ofEncryption(VaultAnswerException answer) {
        KmsException fault = of(answer);
        return fault.error() == KmsError.CORRUPT ? new KmsException(KmsError.MISCONFIGURED, fault.getMessage()) : fault;
    }

    static KmsException ofLogin(VaultAnswerException answer) {
        String said = "Vault refused the login: " + said(answer);
        if (answer.ofVault() && OWN_TOKEN.matcher(answer.words()).find()) {
            return KmsException.ofGateway(said);
        }
        boolean refused = answer.ofVault()
                && switch (answer.status()) {
                    case 400, 401, 403, 404 ->
                        !ISSUER_AWAY.matcher(answer.words()).find();
                    default -> false;
                };
        return new KmsException(refused ? KmsError.REVOKED : outage(answer), said);
    }

    private static KmsError classify(VaultAnswerException answer) {
        if (!answer.ofVault()) {
            return outage(answer);
        }
        return switch (answer.status()) {
            case 400 -> ofRequest(answer.words());
            case 403 -> KmsError.REVOKED;
            case 404 -> KmsError.DESTROYED;
            case 500 -> NOT_RSA.matcher(answer.words()).find() ? KmsError.CORRUPT : outage(answer);
            default -> outage(answer);
        };
    }

    private static KmsError ofRequest(String words) {
        if (NO_KEY.matcher(words).find()) {
            return KmsError.DESTROYED;
        }
        return TOO_OLD.matcher(words).find() || SOFT_DELETED.matcher(words).find()
                ? KmsError.REVOKED
                : KmsError.CORRUPT;
    }

    /**
     * Sealed (503), standby (429 of its health, 472, 473), behind (412), or not Vault at all: nobody's decision about the key.
     */
    private static KmsError outage(VaultAnswerException answer) {
        return answer.status() == 429 ? KmsError.THROTTLED : KmsError.UNREACHABLE;
    }

    private static String said(VaultAnswerException answer) {
        String cure = "";
        if (answer.words().contains(SEALED)) {
            cure = " Unseal it.";
        } else if (answer.status() == 400 && TOO_OLD.matcher(answer.words()).find()) {
            cure = " Lower the key's min_decryption_version.";
        } else if (answer.status() / 100 == 3) {
            cure = " Redirections are not followed: register the address that answers.";
        }
        return answer.text() + cure;
    }
}

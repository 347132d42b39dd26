package io.sealward.providers.azure;

import com.azure.security.keyvault.keys.models.KeyOperation;
import com.azure.security.keyvault.keys.models.KeyType;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import io.sealward.providers.Kek;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.RegistrationCheck;
import io.sealward.providers.StageFailure;
import io.sealward.providers.WrapContext;
import io.sealward.providers.resilience.CallLane;
import java.util.List;

/** What must be true of a key in Key Vault before it is registered, each with its cure where it is not. */
record AzureRegistration(AzureKeySpec key, String clientId, VaultKey vault, CallLane lane) {

    RegistrationCheck check(Kek kek, WrapContext context) {
        RegistrationCheck tokens = step(this::authenticate);
        RegistrationCheck shape = step(() -> inspect(read()));
        return tokens.then(shape)
                .then(() -> RegistrationCheck.roundTrip(kek, context).run().exceptionally(failure -> {
                    throw cured(
                            StageFailure.cause(failure),
                            "See that the key is enabled and has not expired, and assign " + principal()
                                    + " a role with the data actions "
                                    + key.service().cryptoActions() + " on " + key.keyUrl()
                                    + ".");
                }));
    }

    private void authenticate() {
        try {
            vault.authenticate();
        } catch (RuntimeException failure) {
            throw cured(
                    failure,
                    "Check tenant_id, and create the gateway's service principal there: az ad sp create --id "
                            + clientId);
        }
    }

    private KeyVaultKey read() {
        try {
            return vault.read();
        } catch (RuntimeException failure) {
            throw cured(
                    failure,
                    "See that the key exists in a vault of the tenant " + key.tenantId() + ", and assign " + principal()
                            + " a role with the data action " + key.service().readAction() + " on " + key.keyUrl()
                            + ".");
        }
    }

    private void inspect(KeyVaultKey found) {
        if (found.getKeyType() == null || found.getKeyOperations() == null) {
            throw new KmsException(KmsError.UNREACHABLE, "Key Vault does not say what kind of key it is.");
        }
        if (!List.of(KeyType.RSA, KeyType.RSA_HSM).contains(found.getKeyType())) {
            throw new KmsException(
                    KmsError.MISCONFIGURED,
                    "The key is of type " + found.getKeyType() + ". Create it with the type RSA.");
        }
        if (!found.getKeyOperations().containsAll(List.of(KeyOperation.ENCRYPT, KeyOperation.DECRYPT))) {
            throw new KmsException(
                    KmsError.MISCONFIGURED,
                    "The key allows " + found.getKeyOperations()
                            + " only. Add encrypt and decrypt to its permitted operations.");
        }
    }

    private RegistrationCheck step(Runnable step) {
        return () -> lane.run(() -> {
            step.run();
            return null;
        });
    }

    private String principal() {
        return "the service principal of the application " + clientId;
    }

    private static KmsException cured(Throwable failure, String cure) {
        KmsException fault = AzureFaults.of(failure);
        return fault.error().passing() || VaultError.advises(fault.getMessage())
                ? fault
                : KmsException.advising(fault.error(), fault.getMessage(), cure);
    }
}

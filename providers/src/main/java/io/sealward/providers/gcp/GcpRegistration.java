package io.sealward.providers.gcp;

import io.sealward.providers.Kek;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.RegistrationCheck;
import io.sealward.providers.StageFailure;
import io.sealward.providers.WrapContext;
import io.sealward.providers.resilience.CallLane;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** What must be true of a key in Cloud KMS before it is registered, each with its cure where it is not. */
record GcpRegistration(GcpKeySpec key, SubjectTokens subjects, TokenExchange exchange, CallLane lane) {

    RegistrationCheck check(Kek kek, WrapContext context) {
        return step(this::authenticate, this::ofPool)
                .then(step(() -> RegistrationCheck.roundTrip(kek, context).run(), this::ofKey))
                .then(this::refusesOtherAudiences);
    }

    private String ofPool(KmsException refused) {
        return "Check workload_identity_project_number, workload_identity_pool_id and workload_identity_provider_id; the"
                + " provider must trust the gateway's issuer and subject and list '" + key.audience()
                + "' among its allowed audiences.";
    }

    private String ofKey(KmsException refused) {
        if (refused.error() == KmsError.DESTROYED) {
            return "Restore the version if its destruction is only scheduled; a destroyed one cannot come back.";
        }
        if (refused.getMessage().startsWith("FAILED_PRECONDITION")) {
            return "Enable the primary version of " + key.keyName() + ".";
        }
        if (refused.getMessage().startsWith("PERMISSION_DENIED (SERVICE_DISABLED)")) {
            return "Enable the Cloud KMS API in the project of the key and in that of the pool.";
        }
        if (refused.error() == KmsError.MISCONFIGURED) {
            return "Check that " + key.keyName() + " has the purpose ENCRYPT_DECRYPT and a primary version.";
        }
        return "Check that " + key.keyName() + " exists, and that " + key.principal("<the gateway's subject>")
                + " holds cloudkms.cryptoKeyVersions.useToEncrypt and useToDecrypt on it.";
    }

    private CompletionStage<Void> authenticate() {
        FederatedToken fresh = new FederatedToken(key, key.audience(), subjects, exchange);
        return lane.run(() -> {
            fresh.current();
            return null;
        });
    }

    private CompletionStage<Void> refusesOtherAudiences() {
        FederatedToken stranger = new FederatedToken(key, SubjectTokens.CHECK_AUDIENCE, subjects, exchange);
        return lane.run(() -> {
            try {
                stranger.current();
            } catch (KmsException refused) {
                if (refused.error() == KmsError.REVOKED) {
                    return null;
                }
                throw refused;
            }
            throw new KmsException(
                    KmsError.MISCONFIGURED,
                    "The workload identity provider " + key.poolProvider() + " takes a token made out to the audience '"
                            + SubjectTokens.CHECK_AUDIENCE + "', so another tenant of this gateway could use the key."
                            + " Set its allowed audiences to '" + key.audience() + "' alone.");
        });
    }

    private static RegistrationCheck step(RegistrationCheck step, Function<KmsException, String> cure) {
        return () -> step.run().exceptionally(failure -> {
            throw cured(failure, cure);
        });
    }

    private static KmsException cured(Throwable failure, Function<KmsException, String> cure) {
        KmsException fault = GcpFaults.ofKms(StageFailure.cause(failure));
        return fault.error().passing()
                ? fault
                : KmsException.advising(fault.error(), fault.getMessage(), cure.apply(fault));
    }
}

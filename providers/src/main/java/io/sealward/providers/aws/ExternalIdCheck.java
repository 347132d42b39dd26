package io.sealward.providers.aws;

import static io.sealward.providers.KmsError.MISCONFIGURED;
import static io.sealward.providers.KmsError.REVOKED;

import io.sealward.providers.KmsException;
import io.sealward.providers.RegistrationCheck;
import io.sealward.providers.StageFailure;
import io.sealward.providers.resilience.CallLane;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/**
 * A role that trusts the gateway without asking for its ExternalId can be registered by any other tenant of the gateway
 * (IAM User Guide, "The confused deputy problem"). So STS must refuse the role without one, and with a wrong one.
 */
final class ExternalIdCheck implements RegistrationCheck {
    private final AwsKeySpec spec;
    private final StsClient sts;
    private final CallLane lane;

    ExternalIdCheck(AwsKeySpec spec, StsClient sts, CallLane lane) {
        this.spec = spec;
        this.sts = sts;
        this.lane = lane;
    }

    @Override
    public CompletionStage<Void> run() {
        AssumeRoleRequest without = RoleSession.request(spec).externalId(null).build();
        AssumeRoleRequest random = RoleSession.request(spec)
                .externalId("sealward-check-" + UUID.randomUUID())
                .build();
        return refused(without, "without an ExternalId")
                .thenCompose(closed -> refused(random, "with any ExternalId at all"));
    }

    private CompletionStage<Void> refused(AssumeRoleRequest request, String how) {
        return lane.run(() -> sts.assumeRole(request))
                .handle((assumed, failure) -> failure == null ? open(how) : expected(failure))
                .thenCompose(verdict -> verdict);
    }

    private CompletionStage<Void> open(String how) {
        return CompletableFuture.failedStage(new KmsException(
                MISCONFIGURED,
                "The role " + spec.roleArn() + " can be assumed " + how + ", so any other tenant of this gateway could"
                        + " register it. Add to the statement in its trust policy: \"Condition\":{\"StringEquals\":"
                        + "{\"sts:ExternalId\":\"" + spec.externalId() + "\"}}."));
    }

    private static CompletionStage<Void> expected(Throwable failure) {
        Throwable cause = StageFailure.cause(failure);
        return cause instanceof KmsException denied && denied.error() == REVOKED
                ? CompletableFuture.completedStage(null)
                : CompletableFuture.failedStage(cause);
    }
}

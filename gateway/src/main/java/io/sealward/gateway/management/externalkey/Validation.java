package io.sealward.gateway.management.externalkey;

import io.sealward.gateway.audit.AuditEvent;
import io.sealward.gateway.key.KeyStands;
import io.sealward.gateway.key.WrapContexts;
import io.sealward.gateway.management.http.ApiResponse;
import io.sealward.gateway.management.http.Call;
import io.sealward.gateway.registry.Registry;
import io.sealward.gateway.registry.database.Page;
import io.sealward.gateway.registry.table.ExternalKey;
import io.sealward.gateway.registry.table.RegisteredBucket;
import io.sealward.providers.KmsException;
import io.sealward.providers.StageFailure;
import io.sealward.providers.WrapContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Proves a registered key live again, and has its state told everywhere as the proof left it. */
final class Validation {
    private static final Page.Request NEWEST = new Page.Request(Optional.empty(), 1, Page.Order.DESC);

    private final Registry registry;
    private final Proofs proofs;
    private final KeyControl control;
    private final Executor executor;

    Validation(Registry registry, Proofs proofs, KeyControl control, Executor executor) {
        this.registry = registry;
        this.proofs = proofs;
        this.control = control;
        this.executor = executor;
    }

    CompletionStage<ApiResponse> validate(Call call, ExternalKey key) {
        Probe probe = Probe.in(call, registry.projects());
        call.rejectOthers();
        return proofs.prove(call.organizationId(), key.spec(), context(key, probe))
                .handleAsync(
                        (passed, failure) -> concluded(
                                call, key, Optional.ofNullable(failure).map(StageFailure::unchecked)),
                        executor);
    }

    /** Of a bucket that the key is used for, if there is one: that is what the tenant's policies must allow. */
    private WrapContext context(ExternalKey key, Probe probe) {
        Optional<String> project = key.spec().project().or(probe::projectId).or(() -> projectsOf(key).stream()
                .findFirst());
        Optional<String> bucket = probe.bucket().or(() -> project.flatMap(this::newestBucket));
        return WrapContexts.ofProof(key.organizationId(), project, bucket);
    }

    private List<String> projectsOf(ExternalKey key) {
        return registry.externalKeys().projectsOf(List.of(key.id())).getOrDefault(key.id(), List.of());
    }

    private Optional<String> newestBucket(String projectId) {
        return registry.bucketClaims().list(projectId, NEWEST).data().stream()
                .findFirst()
                .map(RegisteredBucket::name);
    }

    private ApiResponse concluded(Call call, ExternalKey key, Optional<RuntimeException> failure) {
        Optional<KmsException> kms = failure.flatMap(KeyFailure::kms);
        if (failure.isPresent() && kms.isEmpty()) {
            throw failure.get();
        }
        control.proved(
                new KeyStands.Key(key.organizationId(), key.id(), key.spec().type()), kms);
        registry.audit()
                .record(
                        call.organizationId(),
                        call.actor(),
                        AuditEvent.externalKeyValidated(key.id(), kms.map(KmsException::getMessage)));
        if (kms.isPresent()) {
            throw KeyFailure.answer(kms.get());
        }
        return ApiResponse.json(Map.of("status", "success"));
    }
}

package io.sealward.gateway.management.externalkey;

import io.sealward.gateway.audit.Audit;
import io.sealward.gateway.audit.AuditEvent;
import io.sealward.gateway.key.KeyStands;
import io.sealward.gateway.key.WrapContexts;
import io.sealward.gateway.management.http.ApiException;
import io.sealward.gateway.management.http.ApiResponse;
import io.sealward.gateway.management.http.Call;
import io.sealward.gateway.management.http.JsonBody;
import io.sealward.gateway.registry.Registry;
import io.sealward.gateway.registry.table.ExternalKey;
import io.sealward.gateway.registry.table.ExternalKeys;
import io.sealward.gateway.registry.table.Projects;
import io.sealward.providers.InvalidKeySpecException;
import io.sealward.providers.KeySpec;
import io.sealward.providers.KmsException;
import io.sealward.providers.KmsProvider;
import io.sealward.providers.SpecField;
import io.sealward.providers.StageFailure;
import io.sealward.providers.WrapContext;
import io.sealward.providers.catalog.Providers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Registers a KEK: checks what the request says, proves the key live, and only then stores it. */
final class Registration {
    static final int MAX_NAME_LENGTH = 256;

    private final ExternalKeys keys;
    private final Projects projects;
    private final Proofs proofs;
    private final KeyControl control;
    private final Audit audit;
    private final Executor executor;

    Registration(Registry registry, Proofs proofs, KeyControl control, Executor executor) {
        this.keys = registry.externalKeys();
        this.projects = registry.projects();
        this.proofs = proofs;
        this.control = control;
        this.audit = registry.audit();
        this.executor = executor;
    }

    CompletionStage<ApiResponse> register(Call call) {
        JsonBody body = call.body();
        KmsProvider provider =
                Providers.find(body.choice("type", Providers.types())).orElseThrow();
        String name = body.text("name", MAX_NAME_LENGTH);
        body.optionalChoice("purpose", List.of(ExternalKeyJson.EKM));
        KeySpec spec = spec(provider, body);
        Probe probe = Probe.in(call, projects);
        call.rejectOthers();
        requireOwner(call.organizationId(), spec.owner());
        keys.requireFree(call.organizationId(), spec);
        WrapContext context =
                WrapContexts.ofProof(call.organizationId(), spec.project().or(probe::projectId), probe.bucket());
        return proofs.prove(call.organizationId(), spec, context)
                .handleAsync((passed, failure) -> concluded(call, name, spec, Optional.ofNullable(failure)), executor);
    }

    private static KeySpec spec(KmsProvider provider, JsonBody body) {
        Map<String, String> values = new LinkedHashMap<>();
        for (SpecField field : provider.fields()) {
            Optional<String> value = field.required()
                    ? Optional.of(body.text(field.name(), field.maxLength()))
                    : body.optionalText(field.name(), field.maxLength());
            value.ifPresent(text -> values.put(field.name(), text));
        }
        try {
            return provider.parse(values);
        } catch (InvalidKeySpecException e) {
            throw ApiException.invalid(e.field(), "invalid_value", e.getMessage());
        }
    }

    /** Only what a cloud was told to expect from this very organization may be registered by it. */
    private void requireOwner(String organizationId, KeySpec.Owner owner) {
        boolean own = owner.id().equals(organizationId)
                || (owner.id().startsWith("proj_")
                        && projects.find(organizationId, owner.id()).isPresent());
        if (!own) {
            throw ApiException.invalid(
                    owner.field(),
                    "invalid_value",
                    "Invalid '" + owner.field() + "': expected your organization's id '" + organizationId + "'"
                            + owner.place());
        }
    }

    private ApiResponse concluded(Call call, String name, KeySpec spec, Optional<Throwable> failure) {
        if (failure.isPresent()) {
            throw refused(call, spec, StageFailure.unchecked(failure.get()));
        }
        ExternalKey key = keys.register(call.organizationId(), name, spec);
        control.proved(new KeyStands.Key(call.organizationId(), key.id(), spec.type()), Optional.empty());
        Map<String, String> data = new LinkedHashMap<>(spec.fields());
        data.put("type", spec.type());
        data.put("name", name);
        audit.record(call.organizationId(), call.actor(), AuditEvent.externalKeyRegistered(key.id(), data));
        return ApiResponse.json(ExternalKeyJson.object(key, List.of()));
    }

    private RuntimeException refused(Call call, KeySpec spec, RuntimeException cause) {
        Optional<KmsException> kms = KeyFailure.kms(cause);
        kms.ifPresent(e -> audit.record(
                call.organizationId(),
                call.actor(),
                AuditEvent.externalKeyRefused(spec.kek(), spec.type(), e.getMessage())));
        return kms.<RuntimeException>map(KeyFailure::answerUnproven).orElse(cause);
    }
}

package io.sealward.gateway.management.externalkey;

import io.sealward.gateway.audit.Audit;
import io.sealward.gateway.audit.AuditEvent;
import io.sealward.gateway.management.http.ApiException;
import io.sealward.gateway.management.http.ApiResponse;
import io.sealward.gateway.management.http.Call;
import io.sealward.gateway.management.http.ListEnvelope;
import io.sealward.gateway.management.http.Route;
import io.sealward.gateway.registry.Registry;
import io.sealward.gateway.registry.database.Page;
import io.sealward.gateway.registry.table.ExternalKey;
import io.sealward.gateway.registry.table.ExternalKeys;
import io.sealward.providers.KekOpener;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** Registered KEKs: list, watch, remove. */
public final class ExternalKeyRoutes {
    private static final String BASE = "/v1/organization/external_keys";
    private static final String ONE = BASE + "/{external_key_id}";
    private static final String ID = "external_key_id";

    private final ExternalKeys keys;
    private final Registration registration;
    private final Validation validation;
    private final KeyControl control;
    private final Audit audit;

    /**
     * Asks no KMS yet.
     *
     * @param executor goes on where a KMS has answered, and may block
     */
    public ExternalKeyRoutes(Registry registry, KekOpener opener, KeyControl control, Executor executor) {
        Proofs proofs = new Proofs(opener);
        this.keys = registry.externalKeys();
        this.registration = new Registration(registry, proofs, control, executor);
        this.validation = new Validation(registry, proofs, control, executor);
        this.control = control;
        this.audit = registry.audit();
    }

    public List<Route> routes() {
        return List.of(
                Route.asking("POST", BASE, Proofs.PATIENCE, registration::register),
                Route.of("GET", BASE, this::list),
                Route.of("GET", ONE, this::retrieve),
                Route.of("DELETE", ONE, this::remove),
                Route.asking("POST", ONE + "/validate", Proofs.PATIENCE, call -> validation.validate(call, find(call)))
                        .readable(),
                Route.of("GET", ONE + "/health", this::health),
                Route.of("GET", "/v1/organization/external_key_health", this::healthOfAll));
    }

    private ApiResponse list(Call call) {
        Page.Request request = call.query().page(0, Page.Order.DESC);
        String purpose =
                call.query().choice("purpose", List.of(ExternalKeyJson.EKM, "psp_decryption"), ExternalKeyJson.EKM);
        call.rejectOthers();
        if (!purpose.equals(ExternalKeyJson.EKM)) {
            return ListEnvelope.empty();
        }
        Page<ExternalKey> page = keys.list(call.organizationId(), request);
        Map<String, List<String>> projects =
                keys.projectsOf(page.data().stream().map(ExternalKey::id).toList());
        return ListEnvelope.of(page, key -> ExternalKeyJson.object(key, projects.getOrDefault(key.id(), List.of())));
    }

    private ApiResponse retrieve(Call call) {
        call.rejectOthers();
        return ApiResponse.json(object(find(call)));
    }

    private ApiResponse remove(Call call) {
        call.rejectOthers();
        ExternalKey key = keys.remove(call.organizationId(), call.id(ID));
        audit.record(call.organizationId(), call.actor(), AuditEvent.externalKeyRemoved(key.id()));
        Map<String, Object> deleted = object(key);
        deleted.put("object", "organization.external_key.deleted");
        deleted.put("deleted", true);
        return ApiResponse.json(deleted);
    }

    private ApiResponse health(Call call) {
        call.rejectOthers();
        return ApiResponse.json(health(find(call)));
    }

    private ApiResponse healthOfAll(Call call) {
        Page.Request request = call.query().page(0, Page.Order.DESC);
        call.rejectOthers();
        return ListEnvelope.of(keys.list(call.organizationId(), request), this::health);
    }

    private Map<String, Object> health(ExternalKey key) {
        return ExternalKeyJson.health(key, control.state(key.id()));
    }

    private ExternalKey find(Call call) {
        return keys.find(call.organizationId(), call.id(ID))
                .orElseThrow(() -> ApiException.notFound("external key", call.id(ID)));
    }

    private Map<String, Object> object(ExternalKey key) {
        return ExternalKeyJson.object(key, projectsOf(key));
    }

    private List<String> projectsOf(ExternalKey key) {
        return keys.projectsOf(List.of(key.id())).getOrDefault(key.id(), List.of());
    }
}

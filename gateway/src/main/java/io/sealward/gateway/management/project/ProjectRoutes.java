package io.sealward.gateway.management.project;

import io.sealward.gateway.audit.Audit;
import io.sealward.gateway.audit.AuditEvent;
import io.sealward.gateway.management.http.ApiException;
import io.sealward.gateway.management.http.ApiResponse;
import io.sealward.gateway.management.http.Call;
import io.sealward.gateway.management.http.JsonBody;
import io.sealward.gateway.management.http.ListEnvelope;
import io.sealward.gateway.management.http.Route;
import io.sealward.gateway.registry.database.Page;
import io.sealward.gateway.registry.database.RegistryException;
import io.sealward.gateway.registry.table.Projects;
import io.sealward.gateway.registry.table.RegisteredProject;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.StoreCredential;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Projects: what an external key is for. */
public final class ProjectRoutes {
    static final String ONE = "/v1/organization/projects/{project_id}";
    static final String ID = "project_id";

    private static final String BASE = "/v1/organization/projects";
    private static final String KEY = "external_key_id";
    private static final String STORE = StoreCredentialJson.FIELD;
    private static final List<String> KEY_MODES = List.of("per_object", "bucket_key");
    private static final int MAX_NAME_LENGTH = 256;
    private static final int MAX_ID_LENGTH = 64;
    private static final Projects.Update NO_CHANGE =
            new Projects.Update(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private final Projects projects;
    private final Audit audit;

    public ProjectRoutes(Projects projects, Audit audit) {
        this.projects = projects;
        this.audit = audit;
    }

    public List<Route> routes() {
        return List.of(
                Route.of("POST", BASE, this::create),
                Route.of("GET", BASE, this::list),
                Route.of("GET", ONE, this::retrieve),
                Route.of("POST", ONE, this::update),
                Route.of("POST", ONE + "/archive", this::archive));
    }

    /** The project a path names, if it is the caller's. */
    static RegisteredProject find(Projects projects, Call call) {
        return projects.find(call.organizationId(), call.id(ID))
                .orElseThrow(() -> ApiException.notFound("project", call.id(ID)));
    }

    /** The id of that project. */
    static String id(Projects projects, Call call) {
        return find(projects, call).project().id();
    }

    private ApiResponse create(Call call) {
        JsonBody body = call.body();
        String name = body.text("name", MAX_NAME_LENGTH);
        Optional<String> key = body.optionalText(KEY, MAX_ID_LENGTH);
        KeyMode mode = mode(body).orElse(KeyMode.PER_OBJECT);
        Optional<StoreCredential> store = StoreCredentialJson.read(body);
        body.onlyNull("residency");
        call.rejectOthers();
        RegisteredProject project =
                namingTheKey(key, () -> projects.create(call.organizationId(), name, key, mode, store));
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("name", name);
        key.ifPresent(id -> data.put(KEY, id));
        data.put("key_mode", label(mode));
        store.ifPresent(given -> data.put(STORE, "given"));
        audit.record(
                call.organizationId(),
                call.actor(),
                AuditEvent.projectCreated(project.project().id(), data));
        return ApiResponse.json(object(project));
    }

    private ApiResponse list(Call call) {
        Page.Request request = call.query().page(1).in(Page.Order.DESC);
        boolean includeArchived = call.query().bool("include_archived");
        call.rejectOthers();
        return ListEnvelope.of(projects.list(call.organizationId(), includeArchived, request), ProjectRoutes::object);
    }

    private ApiResponse retrieve(Call call) {
        call.rejectOthers();
        return ApiResponse.json(object(find(projects, call)));
    }

    private ApiResponse update(Call call) {
        Project before = find(projects, call).project();
        JsonBody body = call.body();
        Optional<StoreCredential> store = StoreCredentialJson.read(body);
        Projects.Update update = new Projects.Update(
                body.optionalText("name", MAX_NAME_LENGTH),
                body.optionalText(KEY, MAX_ID_LENGTH),
                mode(body),
                store.isPresent() || body.isNull(STORE) ? Optional.of(store) : Optional.empty());
        call.rejectOthers();
        requireChange(update, body.isNull(KEY) && before.externalKeyId().isPresent());
        RegisteredProject project =
                namingTheKey(update.externalKeyId(), () -> projects.update(call.organizationId(), call.id(ID), update));
        Map<String, Object> changes = new LinkedHashMap<>();
        update.name().ifPresent(name -> changes.put("name", name));
        update.externalKeyId().ifPresent(key -> changes.put(KEY, key));
        update.keyMode().ifPresent(mode -> changes.put("key_mode", label(mode)));
        update.storeCredential().ifPresent(secret -> changes.put(STORE, "changed"));
        audit.record(call.organizationId(), call.actor(), AuditEvent.projectUpdated(call.id(ID), changes));
        return ApiResponse.json(object(project));
    }

    /** What would change nothing must not look like a success. */
    private static void requireChange(Projects.Update update, boolean takesKeyAway) {
        if (takesKeyAway) {
            throw ApiException.invalid(
                    KEY, "invalid_value", "Invalid '" + KEY + "': the external key of a project cannot be removed.");
        }
        if (update.equals(NO_CHANGE)) {
            throw ApiException.refused(
                    "missing_required_parameter",
                    "Nothing to change: expected 'name', '" + KEY + "', 'key_mode' or '" + STORE + "'.");
        }
    }

    private ApiResponse archive(Call call) {
        call.rejectOthers();
        RegisteredProject project = projects.archive(call.organizationId(), call.id(ID));
        audit.record(call.organizationId(), call.actor(), AuditEvent.projectArchived(call.id(ID)));
        return ApiResponse.json(object(project));
    }

    /** A key in the body that cannot be had is the body's fault, not the URL's. */
    private static RegisteredProject namingTheKey(Optional<String> key, Supplier<RegisteredProject> change) {
        try {
            return change.get();
        } catch (RegistryException e) {
            boolean aboutTheKey = e.reason() == RegistryException.Reason.NOT_FOUND
                    || e.reason() == RegistryException.Reason.KEY_FIXED
                    || e.reason() == RegistryException.Reason.KEY_BOUND;
            if (key.isPresent() && aboutTheKey) {
                throw ApiException.invalid(KEY, "invalid_value", e.getMessage());
            }
            throw e;
        }
    }

    private static Optional<KeyMode> mode(JsonBody body) {
        return body.optionalChoice("key_mode", KEY_MODES).map(text -> KeyMode.valueOf(text.toUpperCase(Locale.ROOT)));
    }

    private static String label(KeyMode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> object(RegisteredProject project) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", project.project().id());
        object.put("object", "organization.project");
        object.put("name", project.name());
        object.put("created_at", project.createdAt());
        object.put(
                "archived_at", project.isActive() ? null : project.archivedAt().getAsLong());
        object.put("status", project.isActive() ? "active" : "archived");
        object.put(KEY, project.project().externalKeyId().orElse(null));
        object.put("key_mode", label(project.project().keyMode()));
        object.put(
                STORE,
                project.project()
                        .storeCredential()
                        .map(StoreCredentialJson::object)
                        .orElse(null));
        return object;
    }
}

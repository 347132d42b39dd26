package io.sealward.gateway.management.project;

import io.sealward.gateway.audit.Audit;
import io.sealward.gateway.audit.AuditEvent;
import io.sealward.gateway.identity.MalformedTrustException;
import io.sealward.gateway.management.http.ApiException;
import io.sealward.gateway.management.http.ApiResponse;
import io.sealward.gateway.management.http.Call;
import io.sealward.gateway.management.http.JsonBody;
import io.sealward.gateway.management.http.ListEnvelope;
import io.sealward.gateway.management.http.Route;
import io.sealward.gateway.registry.database.Page;
import io.sealward.gateway.registry.table.Projects;
import io.sealward.gateway.registry.table.RegisteredRole;
import io.sealward.gateway.registry.table.S3Roles;
import io.sealward.gateway.tenant.Role;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The roles of a project. */
public final class S3RoleRoutes {
    private static final String BASE = ProjectRoutes.ONE + "/s3_roles";
    private static final String ONE = BASE + "/{role_id}";
    private static final String OBJECT = "organization.project.s3_role";
    private static final String ID = "role_id";
    private static final String TRUST = "trust";
    private static final String LONGEST = "max_session_seconds";
    private static final int MAX_NAME_LENGTH = 64;

    private final S3Roles roles;
    private final Projects projects;
    private final Audit audit;

    public S3RoleRoutes(S3Roles roles, Projects projects, Audit audit) {
        this.roles = roles;
        this.projects = projects;
        this.audit = audit;
    }

    public List<Route> routes() {
        return List.of(
                Route.of("POST", BASE, this::create),
                Route.of("GET", BASE, this::list),
                Route.of("GET", ONE, this::retrieve),
                Route.of("POST", ONE, this::update),
                Route.of("DELETE", ONE, this::delete));
    }

    private ApiResponse create(Call call) {
        String organizationId = call.organizationId();
        String projectId = projectId(call);
        S3Roles.Wanted wanted = wanted(call);
        RegisteredRole role = wellFormed(() -> roles.create(organizationId, projectId, wanted));
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("name", role.name());
        data.putAll(what(role));
        audit.record(organizationId, call.actor(), AuditEvent.s3RoleCreated(role.id(), projectId, data));
        return ApiResponse.json(object(role, organizationId));
    }

    private static S3Roles.Wanted wanted(Call call) {
        JsonBody body = call.body();
        String name = body.text("name", MAX_NAME_LENGTH);
        Optional<String> trust = body.optionalDocument(TRUST);
        Optional<String> policy = PolicyJson.read(body);
        Duration longest = longest(body).orElse(Role.DEFAULT_LONGEST);
        call.rejectOthers();
        if (!Role.NAME.matcher(name).matches()) {
            throw ApiException.invalid(
                    "name", "invalid_value", "Invalid 'name': expected letters, digits or any of _+=,.@-.");
        }
        return new S3Roles.Wanted(name, trust.orElseThrow(() -> ApiException.missing(TRUST)), policy, longest);
    }

    private static Optional<Duration> longest(JsonBody body) {
        return body.optionalInteger(
                        LONGEST, (int) Role.SHORTEST_SESSION.toSeconds(), (int) Role.LONGEST_SESSION.toSeconds())
                .map(Duration::ofSeconds);
    }

    private static RegisteredRole wellFormed(Supplier<RegisteredRole> change) {
        try {
            return PolicyJson.wellFormed(change);
        } catch (MalformedTrustException e) {
            throw ApiException.invalid(TRUST, "malformed_trust", "Invalid '" + TRUST + "': " + e.getMessage());
        }
    }

    private ApiResponse list(Call call) {
        String projectId = projectId(call);
        Page.Request request = call.query().page(1).in(Page.Order.DESC);
        call.rejectOthers();
        return ListEnvelope.of(roles.list(projectId, request), role -> object(role, call.organizationId()));
    }

    private ApiResponse retrieve(Call call) {
        call.rejectOthers();
        return roles.find(projectId(call), call.id(ID))
                .map(found -> ApiResponse.json(object(found, call.organizationId())))
                .orElseThrow(() -> ApiException.notFound("role", call.id(ID)));
    }

    /** What is left out stays; a policy of null allows all. */
    private ApiResponse update(Call call) {
        String organizationId = call.organizationId();
        String projectId = projectId(call);
        JsonBody body = call.body();
        Optional<String> trust = body.optionalDocument(TRUST);
        Optional<String> policy = PolicyJson.read(body);
        Optional<Duration> longest = longest(body);
        boolean keepsPolicy = policy.isEmpty() && !body.isNull(PolicyJson.FIELD);
        if (body.isNull(TRUST) || (trust.isEmpty() && keepsPolicy && longest.isEmpty())) {
            throw ApiException.missing(TRUST);
        }
        call.rejectOthers();
        RegisteredRole changed = wellFormed(() -> roles.change(
                organizationId,
                projectId,
                call.id(ID),
                role -> new RegisteredRole(
                        role.id(),
                        role.projectId(),
                        role.name(),
                        trust.orElse(role.trust()),
                        keepsPolicy ? role.policy() : policy,
                        longest.orElse(role.longest()),
                        role.createdAt())));
        audit.record(organizationId, call.actor(), AuditEvent.s3RoleUpdated(changed.id(), projectId, what(changed)));
        return ApiResponse.json(object(changed, organizationId));
    }

    private ApiResponse delete(Call call) {
        call.rejectOthers();
        String projectId = projectId(call);
        roles.delete(projectId, call.id(ID));
        audit.record(call.organizationId(), call.actor(), AuditEvent.s3RoleDeleted(call.id(ID), projectId));
        return ApiResponse.deleted(OBJECT, call.id(ID));
    }

    private String projectId(Call call) {
        return ProjectRoutes.id(projects, call);
    }

    private static Map<String, Object> object(RegisteredRole role, String organizationId) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", role.id());
        object.put("object", OBJECT);
        object.put("name", role.name());
        object.put("created_at", role.createdAt());
        object.put("arn", Role.arn(organizationId, role.projectId(), role.name()));
        object.putAll(what(role));
        return object;
    }

    /** What can be another one tomorrow. */
    private static Map<String, Object> what(RegisteredRole role) {
        Map<String, Object> what = new LinkedHashMap<>();
        what.put(TRUST, PolicyJson.tree(role.trust()));
        what.put(PolicyJson.FIELD, role.policy().map(PolicyJson::tree).orElse(null));
        what.put(LONGEST, role.longest().toSeconds());
        return what;
    }
}

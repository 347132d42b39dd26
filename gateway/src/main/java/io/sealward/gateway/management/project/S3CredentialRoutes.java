package io.sealward.gateway.management.project;

import io.sealward.gateway.audit.Audit;
import io.sealward.gateway.audit.AuditEvent;
import io.sealward.gateway.management.http.ApiException;
import io.sealward.gateway.management.http.ApiResponse;
import io.sealward.gateway.management.http.Call;
import io.sealward.gateway.management.http.ListEnvelope;
import io.sealward.gateway.management.http.Route;
import io.sealward.gateway.registry.database.Page;
import io.sealward.gateway.registry.table.Projects;
import io.sealward.gateway.registry.table.RegisteredCredential;
import io.sealward.gateway.registry.table.S3Credentials;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The S3 access keys of a project. */
public final class S3CredentialRoutes {
    private static final String BASE = ProjectRoutes.ONE + "/s3_credentials";
    private static final String ONE = BASE + "/{access_key_id}";
    private static final String OBJECT = "organization.project.s3_credential";
    private static final String ID = "access_key_id";
    private static final int MAX_NAME_LENGTH = 256;

    private final S3Credentials credentials;
    private final Projects projects;
    private final Audit audit;

    public S3CredentialRoutes(S3Credentials credentials, Projects projects, Audit audit) {
        this.credentials = credentials;
        this.projects = projects;
        this.audit = audit;
    }

    public List<Route> routes() {
        return List.of(
                Route.of("POST", BASE, this::create),
                Route.of("GET", BASE, this::list),
                Route.of("GET", ONE, this::retrieve),
                Route.of("POST", ONE, this::update),
                Route.of("DELETE", ONE, this::revoke));
    }

    private ApiResponse create(Call call) {
        String projectId = projectId(call);
        String name = call.body().text("name", MAX_NAME_LENGTH);
        Optional<String> policy = PolicyJson.read(call.body());
        call.rejectOthers();
        S3Credentials.Created created =
                PolicyJson.wellFormed(() -> credentials.create(call.organizationId(), projectId, name, policy));
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("name", name);
        policy.ifPresent(text -> data.put(PolicyJson.FIELD, PolicyJson.tree(text)));
        audit.record(
                call.organizationId(),
                call.actor(),
                AuditEvent.s3CredentialCreated(created.registered().accessKeyId(), projectId, data));
        Map<String, Object> object = object(created.registered());
        object.put("secret_access_key", created.credential().secretAccessKey());
        return ApiResponse.json(object);
    }

    private ApiResponse list(Call call) {
        String projectId = projectId(call);
        Page.Request request = call.query().page(1).in(Page.Order.DESC);
        call.rejectOthers();
        return ListEnvelope.of(credentials.list(projectId, request), S3CredentialRoutes::object);
    }

    private ApiResponse retrieve(Call call) {
        call.rejectOthers();
        return credentials
                .find(projectId(call), call.id(ID))
                .map(found -> ApiResponse.json(object(found)))
                .orElseThrow(() -> ApiException.notFound("S3 credential", call.id(ID)));
    }

    private ApiResponse update(Call call) {
        String projectId = projectId(call);
        Optional<String> policy = PolicyJson.read(call.body());
        if (policy.isEmpty() && !call.body().isNull(PolicyJson.FIELD)) { // who leaves it out may not mean to allow all
            throw ApiException.missing(PolicyJson.FIELD);
        }
        call.rejectOthers();
        RegisteredCredential changed =
                PolicyJson.wellFormed(() -> credentials.change(call.organizationId(), projectId, call.id(ID), policy));
        Map<String, Object> changes = new LinkedHashMap<>();
        changes.put(PolicyJson.FIELD, policy.map(PolicyJson::tree).orElse(null));
        audit.record(
                call.organizationId(), call.actor(), AuditEvent.s3CredentialUpdated(call.id(ID), projectId, changes));
        return ApiResponse.json(object(changed));
    }

    private ApiResponse revoke(Call call) {
        call.rejectOthers();
        String projectId = projectId(call);
        credentials.revoke(projectId, call.id(ID));
        audit.record(call.organizationId(), call.actor(), AuditEvent.s3CredentialRevoked(call.id(ID), projectId));
        return ApiResponse.deleted(OBJECT, call.id(ID));
    }

    private String projectId(Call call) {
        return ProjectRoutes.id(projects, call);
    }

    private static Map<String, Object> object(RegisteredCredential credential) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", credential.accessKeyId());
        object.put("object", OBJECT);
        object.put("name", credential.name());
        object.put("created_at", credential.createdAt());
        object.put("access_key_id", credential.accessKeyId());
        object.put(PolicyJson.FIELD, credential.policy().map(PolicyJson::tree).orElse(null));
        return object;
    }
}

package io.sealward.gateway.management.project;

import io.sealward.gateway.audit.Audit;
import io.sealward.gateway.audit.AuditEvent;
import io.sealward.gateway.management.http.ApiException;
import io.sealward.gateway.management.http.ApiResponse;
import io.sealward.gateway.management.http.Call;
import io.sealward.gateway.management.http.ListEnvelope;
import io.sealward.gateway.management.http.Route;
import io.sealward.gateway.registry.database.Page;
import io.sealward.gateway.registry.table.BucketClaims;
import io.sealward.gateway.registry.table.Projects;
import io.sealward.gateway.registry.table.RegisteredBucket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The buckets of a project. They are made and deleted over S3. Taking over a bucket that the store already has is for the
 * operator ({@code sealward registry claim}): a tenant could name somebody else's.
 */
public final class BucketRoutes {
    private static final String BASE = ProjectRoutes.ONE + "/buckets";
    private static final String ONE = BASE + "/{bucket}";
    private static final String NAME = "bucket";

    private final BucketClaims buckets;
    private final Projects projects;
    private final Audit audit;

    public BucketRoutes(BucketClaims buckets, Projects projects, Audit audit) {
        this.buckets = buckets;
        this.projects = projects;
        this.audit = audit;
    }

    public List<Route> routes() {
        return List.of(
                Route.of("GET", BASE, this::list),
                Route.of("GET", ONE, this::retrieve),
                Route.of("POST", ONE, this::update));
    }

    private ApiResponse list(Call call) {
        String projectId = projectId(call);
        Page.Request request = call.query().page(1).in(Page.Order.DESC);
        call.rejectOthers();
        return ListEnvelope.of(buckets.list(projectId, request), BucketRoutes::object);
    }

    private ApiResponse retrieve(Call call) {
        call.rejectOthers();
        return buckets.find(projectId(call), call.id(NAME))
                .map(found -> ApiResponse.json(object(found)))
                .orElseThrow(() -> ApiException.notFound("bucket", call.id(NAME)));
    }

    private ApiResponse update(Call call) {
        String projectId = projectId(call);
        boolean mixed = call.body().bool("mixed");
        call.rejectOthers();
        RegisteredBucket bucket = buckets.setMixed(call.organizationId(), projectId, call.id(NAME), mixed);
        audit.record(
                call.organizationId(),
                call.actor(),
                AuditEvent.bucketChanged(
                        bucket.name(), projectId, mixed ? AuditEvent.Change.MIXED : AuditEvent.Change.SEALED));
        return ApiResponse.json(object(bucket));
    }

    private String projectId(Call call) {
        return ProjectRoutes.id(projects, call);
    }

    private static Map<String, Object> object(RegisteredBucket bucket) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", bucket.name());
        object.put("object", "organization.project.bucket");
        object.put("created_at", bucket.createdAt());
        object.put("mixed", bucket.mixed());
        return object;
    }
}

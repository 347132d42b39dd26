package io.sealward.gateway.management;

import io.sealward.gateway.management.http.ApiException;
import io.sealward.gateway.management.http.ApiResponse;
import io.sealward.gateway.management.http.Call;
import io.sealward.gateway.management.http.ListEnvelope;
import io.sealward.gateway.management.http.QueryParameters;
import io.sealward.gateway.management.http.Route;
import io.sealward.gateway.registry.database.Page;
import io.sealward.gateway.registry.table.AdminKey;
import io.sealward.gateway.registry.table.AdminKey.Scope;
import io.sealward.gateway.registry.table.AdminKeys;
import io.sealward.gateway.registry.table.NewAdminKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The keys of this very API. */
final class AdminKeyRoutes {
    private static final String BASE = "/v1/organization/admin_api_keys";
    private static final String ONE = BASE + "/{key_id}";
    private static final String OBJECT = "organization.admin_api_key";
    private static final String ID = "key_id";
    private static final int MAX_NAME_LENGTH = 256;
    private static final List<String> SCOPES = List.of("read", "write");

    private final AdminKeys keys;

    AdminKeyRoutes(AdminKeys keys) {
        this.keys = keys;
    }

    List<Route> routes() {
        return List.of(
                Route.of("POST", BASE, this::create),
                Route.of("GET", BASE, this::list),
                Route.of("GET", ONE, this::retrieve),
                Route.of("DELETE", ONE, this::delete));
    }

    private ApiResponse create(Call call) {
        String name = call.body().text("name", MAX_NAME_LENGTH);
        String scope = call.body().optionalText("scope", MAX_NAME_LENGTH).orElse("write");
        QueryParameters.requireChoice("scope", SCOPES, scope);
        call.rejectOthers();
        NewAdminKey made =
                keys.create(call.organizationId(), name, Scope.valueOf(scope.toUpperCase(Locale.ROOT)), call.actor());
        Map<String, Object> object = object(made.key());
        object.put("value", made.token());
        return ApiResponse.json(object);
    }

    private ApiResponse list(Call call) {
        Page.Request request = call.query().page(1, Page.Order.ASC);
        call.rejectOthers();
        return ListEnvelope.of(keys.list(call.organizationId(), request), AdminKeyRoutes::object);
    }

    private ApiResponse retrieve(Call call) {
        call.rejectOthers();
        return keys.find(call.organizationId(), call.id(ID))
                .map(key -> ApiResponse.json(object(key)))
                .orElseThrow(() -> ApiException.notFound("admin key", call.id(ID)));
    }

    private ApiResponse delete(Call call) {
        call.rejectOthers();
        keys.delete(call.organizationId(), call.id(ID), call.actor());
        return ApiResponse.deleted(OBJECT, call.id(ID));
    }

    private static Map<String, Object> object(AdminKey key) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", key.id());
        object.put("object", OBJECT);
        object.put("name", key.name());
        object.put("scope", key.scope().name().toLowerCase(Locale.ROOT));
        object.put("created_at", key.createdAt());
        return object;
    }
}

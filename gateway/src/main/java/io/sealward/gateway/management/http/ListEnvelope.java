package io.sealward.gateway.management.http;

import io.sealward.gateway.registry.database.Page;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The one shape of every list. */
public final class ListEnvelope {
    private ListEnvelope() {}

    public static <T> ApiResponse of(Page<T> page, Function<T, Map<String, Object>> object) {
        return of(page.data().stream().map(object).toList(), page.hasMore());
    }

    public static ApiResponse empty() {
        return of(List.of(), false);
    }

    private static ApiResponse of(List<Map<String, Object>> data, boolean hasMore) {
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("object", "list");
        list.put("data", data);
        list.put("first_id", data.isEmpty() ? null : data.get(0).get("id"));
        list.put("last_id", data.isEmpty() ? null : data.get(data.size() - 1).get("id"));
        list.put("has_more", hasMore);
        return ApiResponse.json(list);
    }
}

package io.sealward.gateway.registry;

import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * One page of a table in the order its rows were made.
 *
 * @param where SQL with named parameters; never anything a client sent
 * @param parameters values of the named parameters
 */
record PagedQuery<T>(
        String table,
        String idColumn,
        String columns,
        String where,
        Map<String, Object> parameters,
        RowMapper<T> mapper) {
    /** An {@code after} that is not in the list answers the page it would have answered while it was: an empty one. */
    Page<T> run(Handle handle, Page.Request request) {
        String after = request.after().isEmpty()
                ? ""
                : " AND seq " + request.order().behind() + " (SELECT seq FROM " + table + " WHERE " + idColumn
                        + " = :after AND " + where + ")";
        String sql = "SELECT " + columns + " FROM " + table + " WHERE " + where + after + " ORDER BY seq "
                + request.order().sql() + " LIMIT :limit";
        var query = handle.createQuery(sql).bind("limit", request.limit() + 1);
        parameters.forEach((name, value) -> {
            if (value instanceof List<?> list) {
                query.bindList(name, list);
            } else {
                query.bind(name, value);
            }
        });
        request.after().ifPresent(id -> query.bind("after", id));
        return Page.of(query.map(mapper).list(), request.limit());
    }
}

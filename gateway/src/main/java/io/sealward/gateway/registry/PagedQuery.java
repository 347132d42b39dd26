package io.sealward.gateway.registry;

import io.sealward.gateway.registry.RegistryException.Reason;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

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
    /** @throws RegistryException if {@code after} is not in the list: an empty page would end it early, unnoticed */
    Page<T> run(Handle handle, Page.Request request) {
        request.after().ifPresent(id -> requireListed(handle, id));
        String after = request.after().isEmpty()
                ? ""
                : " AND seq " + request.order().behind() + " (SELECT seq FROM " + table + " WHERE " + idColumn
                        + " = :after AND " + where + ")";
        String sql = "SELECT " + columns + " FROM " + table + " WHERE " + where + after + " ORDER BY seq "
                + request.order().sql() + " LIMIT :limit";
        Query query = bound(handle, sql).bind("limit", request.limit() + 1);
        request.after().ifPresent(id -> query.bind("after", id));
        return Page.of(query.map(mapper).list(), request.limit());
    }

    private void requireListed(Handle handle, String id) {
        String sql = "SELECT COUNT(*) FROM " + table + " WHERE " + idColumn + " = :after AND " + where;
        if (bound(handle, sql).bind("after", id).mapTo(Long.class).one() == 0) {
            throw new RegistryException(Reason.NOT_LISTED, "Invalid 'after': this list has no '" + id + "'.");
        }
    }

    private Query bound(Handle handle, String sql) {
        Query query = handle.createQuery(sql);
        parameters.forEach((name, value) -> {
            if (value instanceof List<?> list) {
                query.bindList(name, list);
            } else {
                query.bind(name, value);
            }
        });
        return query;
    }
}

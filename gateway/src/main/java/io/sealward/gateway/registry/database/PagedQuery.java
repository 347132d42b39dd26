package io.sealward.gateway.registry.database;

import io.sealward.gateway.registry.database.RegistryException.Reason;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

/**
 * A table that is listed page by page, in the order its rows were made.
 *
 * @param id the column whose value a page goes on behind
 * @param columns what {@code mapper} takes
 */
public record PagedQuery<T>(String table, String id, String columns, RowMapper<T> mapper) {
    /**
     * One page.
     *
     * @param where SQL with named parameters; never anything a client sent
     * @param parameters their values
     * @throws RegistryException NOT_LISTED if {@code after} is not in the list: an empty page would end it early, unnoticed
     */
    public Page<T> run(Handle handle, String where, Map<String, ?> parameters, Page.Request request) {
        request.after().ifPresent(last -> requireListed(handle, where, parameters, last));
        String after = request.after().isEmpty()
                ? ""
                : " AND seq " + request.order().behind() + " (SELECT seq FROM " + table + " WHERE " + id
                        + " = :after AND " + where + ")";
        String sql = "SELECT " + columns + " FROM " + table + " WHERE " + where + after + " ORDER BY seq "
                + request.order().sql() + " LIMIT :limit";
        Query query = bound(handle, sql, parameters).bind("limit", request.limit() + 1);
        request.after().ifPresent(last -> query.bind("after", last));
        return Page.of(query.map(mapper).list(), request.limit());
    }

    private void requireListed(Handle handle, String where, Map<String, ?> parameters, String last) {
        String sql = "SELECT COUNT(*) FROM " + table + " WHERE " + id + " = :after AND " + where;
        if (bound(handle, sql, parameters).bind("after", last).mapTo(Long.class).one() == 0) {
            throw new RegistryException(Reason.NOT_LISTED, "Invalid 'after': this list has no '" + last + "'.");
        }
    }

    private static Query bound(Handle handle, String sql, Map<String, ?> parameters) {
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

package io.sealward.gateway.registry.table;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The tenants. Only the gateway's operator can add one. */
public final class Organizations {
    private static final String PREFIX = "org-";

    private final TableAccess access;

    public Organizations(TableAccess access) {
        this.access = access;
    }

    public Organization create(String name) {
        return access.change(handle -> insert(handle, access, name));
    }

    static Organization insert(Handle handle, TableAccess access, String name) {
        Organization organization = new Organization(access.tokens().id(PREFIX), name, access.now());
        handle.createUpdate("INSERT INTO organization (id, name, created_at) VALUES (:id, :name, :createdAt)")
                .bindMethods(organization)
                .execute();
        return organization;
    }

    public Optional<Organization> find(String id) {
        return access.read(handle -> handle.createQuery("SELECT id, name, created_at FROM organization WHERE id = :id")
                .bind("id", id)
                .map(Organizations::row)
                .findOne());
    }

    public List<Organization> list() {
        return access.read(handle -> handle.createQuery("SELECT id, name, created_at FROM organization ORDER BY id")
                .map(Organizations::row)
                .list());
    }

    private static Organization row(ResultSet rs, StatementContext context) throws SQLException {
        return new Organization(rs.getString("id"), rs.getString("name"), rs.getLong("created_at"));
    }
}

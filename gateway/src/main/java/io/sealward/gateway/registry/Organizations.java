package io.sealward.gateway.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The tenants. Only the gateway's operator can add one. */
public final class Organizations {
    private static final String PREFIX = "org-";

    private final Database database;
    private final Snapshots snapshots;
    private final Tokens tokens;
    private final Clock clock;

    Organizations(Database database, Snapshots snapshots, Tokens tokens, Clock clock) {
        this.database = database;
        this.snapshots = snapshots;
        this.tokens = tokens;
        this.clock = clock;
    }

    public Organization create(String name) {
        return snapshots.change(
                handle -> insert(handle, tokens, name, clock.instant().getEpochSecond()));
    }

    static Organization insert(Handle handle, Tokens tokens, String name, long createdAt) {
        Organization organization = new Organization(tokens.id(PREFIX), name, createdAt);
        handle.createUpdate("INSERT INTO organization (id, name, created_at) VALUES (:id, :name, :createdAt)")
                .bindMethods(organization)
                .execute();
        return organization;
    }

    public Optional<Organization> find(String id) {
        return database.read(
                handle -> handle.createQuery("SELECT id, name, created_at FROM organization WHERE id = :id")
                        .bind("id", id)
                        .map(Organizations::row)
                        .findOne());
    }

    public List<Organization> list() {
        return database.read(handle -> handle.createQuery("SELECT id, name, created_at FROM organization ORDER BY id")
                .map(Organizations::row)
                .list());
    }

    private static Organization row(ResultSet rs, StatementContext context) throws SQLException {
        return new Organization(rs.getString("id"), rs.getString("name"), rs.getLong("created_at"));
    }
}

package io.sealward.gateway.registry;

import io.sealward.gateway.registry.RegistryException.Reason;
import io.sealward.providers.KeySpec;
import io.sealward.providers.catalog.Providers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The registered KEKs. */
public final class ExternalKeys {
    static final String COLUMNS = "id, organization_id, name, type, spec, created_at";

    private static final String PREFIX = "extkey_";
    /** The published default; data is all that this gateway encrypts. */
    private static final String PURPOSE = "ekm";

    private final Database database;
    private final Snapshots snapshots;
    private final Tokens tokens;
    private final Clock clock;
    private final Quotas quotas;

    ExternalKeys(Database database, Snapshots snapshots, Tokens tokens, Clock clock, Quotas quotas) {
        this.database = database;
        this.snapshots = snapshots;
        this.tokens = tokens;
        this.clock = clock;
        this.quotas = quotas;
    }

    /** Refuses a KEK that another organization has registered, before anybody asks its cloud. */
    public void requireFree(String organizationId, KeySpec spec) {
        database.read(handle -> {
            requireFree(handle, organizationId, spec);
            return spec;
        });
    }

    /** Stores a key that has been proved. */
    public ExternalKey register(String organizationId, String name, KeySpec spec) {
        ExternalKey key = new ExternalKey(
                tokens.id(PREFIX), organizationId, name, spec, clock.instant().getEpochSecond());
        snapshots.change(handle -> {
            quotas.requireExternalKey(handle, organizationId);
            requireFree(handle, organizationId, spec);
            return handle.createUpdate(
                            "INSERT INTO external_key (id, organization_id, name, purpose, type, kek, spec, created_at)"
                                    + " VALUES (:id, :organizationId, :name, :purpose, :type, :kek, :json, :createdAt)")
                    .bindMethods(key)
                    .bind("purpose", PURPOSE)
                    .bind("type", spec.type())
                    .bind("kek", spec.kek())
                    .bind("json", JsonColumn.write(spec.fields()))
                    .execute();
        });
        return key;
    }

    public Optional<ExternalKey> find(String organizationId, String id) {
        return database.read(handle -> find(handle, organizationId, id));
    }

    public Page<ExternalKey> list(String organizationId, Page.Request request) {
        return database.read(handle -> new PagedQuery<>(
                        "external_key",
                        "id",
                        COLUMNS,
                        "organization_id = :organization",
                        Map.of("organization", organizationId),
                        ExternalKeys::row)
                .run(handle, request));
    }

    /** Ids of the active projects that name each of the keys; a key that none names is left out. */
    public Map<String, List<String>> projectsOf(List<String> ids) {
        return ids.isEmpty()
                ? Map.of()
                : database.read(handle -> handle.createQuery(
                                "SELECT external_key_id, id FROM project WHERE external_key_id IN (<ids>)"
                                        + " AND archived_at IS NULL ORDER BY seq")
                        .bindList("ids", ids)
                        .map((rs, context) -> Map.entry(rs.getString("external_key_id"), rs.getString("id")))
                        .collect(Collectors.groupingBy(
                                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList()))));
    }

    /** Forgets a registration that no active project uses; the KEK is closed on every gateway within seconds. */
    public ExternalKey remove(String organizationId, String id) {
        return snapshots.change(handle -> {
            ExternalKey key =
                    find(handle, organizationId, id).orElseThrow(() -> RegistryException.notFound("external key", id));
            List<String> users = handle.createQuery(
                            "SELECT id FROM project WHERE external_key_id = :id AND archived_at IS NULL ORDER BY seq")
                    .bind("id", id)
                    .mapTo(String.class)
                    .list();
            if (!users.isEmpty()) {
                throw new RegistryException(
                        Reason.KEY_IN_USE,
                        "External key '" + id + "' is used by active projects (" + String.join(", ", users)
                                + "). Archive them first.");
            }
            handle.createUpdate("DELETE FROM external_key WHERE id = :id")
                    .bind("id", id)
                    .execute();
            return key;
        });
    }

    static Optional<ExternalKey> find(Handle handle, String organizationId, String id) {
        return handle.createQuery(
                        "SELECT " + COLUMNS + " FROM external_key WHERE id = :id AND organization_id = :organizationId")
                .bind("id", id)
                .bind("organizationId", organizationId)
                .map(ExternalKeys::row)
                .findOne();
    }

    private static void requireFree(Handle handle, String organizationId, KeySpec spec) {
        boolean taken = handle.createQuery(
                                "SELECT COUNT(*) FROM external_key WHERE kek = :kek AND organization_id <> :organizationId")
                        .bind("kek", spec.kek())
                        .bind("organizationId", organizationId)
                        .mapTo(Long.class)
                        .one()
                > 0;
        if (taken) {
            throw new RegistryException(Reason.KEK_TAKEN, "This key is registered by another organization.");
        }
    }

    static ExternalKey row(ResultSet rs, StatementContext context) throws SQLException {
        return new ExternalKey(
                rs.getString("id"),
                rs.getString("organization_id"),
                rs.getString("name"),
                Providers.parse(rs.getString("type"), JsonColumn.readStrings(rs.getString("spec"))),
                rs.getLong("created_at"));
    }
}

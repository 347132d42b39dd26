package io.sealward.gateway.registry.table;

import io.sealward.gateway.registry.database.JsonColumn;
import io.sealward.gateway.registry.database.Page;
import io.sealward.gateway.registry.database.PagedQuery;
import io.sealward.gateway.registry.database.RegistryException;
import io.sealward.gateway.registry.database.RegistryException.Reason;
import io.sealward.providers.KeySpec;
import io.sealward.providers.catalog.Providers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The registered KEKs. */
public final class ExternalKeys {
    private static final String COLUMNS = "id, organization_id, name, type, spec, created_at";

    private static final Logger LOG = LoggerFactory.getLogger(ExternalKeys.class);
    private static final String PREFIX = "extkey_";
    /** The published default; data is all that this gateway encrypts. */
    private static final String PURPOSE = "ekm";

    private static final PagedQuery<ExternalKey> PAGES =
            new PagedQuery<>("external_key", "id", COLUMNS, ExternalKeys::row);

    private final TableAccess access;

    public ExternalKeys(TableAccess access) {
        this.access = access;
    }

    /** Refuses a KEK that another organization has registered, before anybody asks its cloud. */
    public void requireFree(String organizationId, KeySpec spec) {
        access.read(handle -> {
            requireFree(handle, organizationId, spec);
            return spec;
        });
    }

    /** Stores a key that has been proved. */
    public ExternalKey register(String organizationId, String name, KeySpec spec) {
        ExternalKey key = new ExternalKey(access.tokens().id(PREFIX), organizationId, name, spec, access.now());
        access.change(handle -> {
            access.quotas().requireExternalKey(handle, organizationId);
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

    /** All keys of all organizations, on a handle of the registry's. One that cannot be read is left out, and logged. */
    public static List<ExternalKey> all(Handle handle) {
        return handle
                .createQuery("SELECT " + COLUMNS + " FROM external_key")
                .map((rs, context) -> {
                    try {
                        return Optional.of(row(rs, context));
                    } catch (IllegalArgumentException e) {
                        LOG.error("external key {} is ignored: {}", rs.getString("id"), e.getMessage());
                        return Optional.<ExternalKey>empty();
                    }
                })
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    public Optional<ExternalKey> find(String organizationId, String id) {
        return access.read(handle -> find(handle, organizationId, id));
    }

    public Page<ExternalKey> list(String organizationId, Page.Request request) {
        return access.read(handle ->
                PAGES.run(handle, "organization_id = :organization", Map.of("organization", organizationId), request));
    }

    /** Ids of the active projects that name each of the keys; a key that none names is left out. */
    public Map<String, List<String>> projectsOf(List<String> ids) {
        return ids.isEmpty()
                ? Map.of()
                : access.read(handle -> handle.createQuery(
                                "SELECT external_key_id, id FROM project WHERE external_key_id IN (<ids>)"
                                        + " AND archived_at IS NULL ORDER BY seq")
                        .bindList("ids", ids)
                        .map((rs, context) -> Map.entry(rs.getString("external_key_id"), rs.getString("id")))
                        .collect(Collectors.groupingBy(
                                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList()))));
    }

    /** Forgets a registration that no active project uses; the KEK is closed on every gateway within seconds. */
    public ExternalKey remove(String organizationId, String id) {
        return access.change(handle -> {
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

    private static ExternalKey row(ResultSet rs, StatementContext context) throws SQLException {
        return new ExternalKey(
                rs.getString("id"),
                rs.getString("organization_id"),
                rs.getString("name"),
                Providers.parse(rs.getString("type"), JsonColumn.readStrings(rs.getString("spec"))),
                rs.getLong("created_at"));
    }
}

package io.sealward.gateway.registry.table;

import io.sealward.gateway.audit.Actor;
import io.sealward.gateway.audit.Audit;
import io.sealward.gateway.audit.AuditEvent;
import io.sealward.gateway.registry.database.Page;
import io.sealward.gateway.registry.database.PagedQuery;
import io.sealward.gateway.registry.database.RegistryException;
import io.sealward.gateway.registry.table.AdminKey.Scope;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The Bearer keys of the management API. A token names its row, so that one comparison in constant time decides; of the
 * token itself the registry keeps a SHA-256.
 */
public final class AdminKeys {
    private static final String COLUMNS = "id, organization_id, name, scope, created_at";

    private static final String PREFIX = "key_";
    private static final String TOKEN_PREFIX = "swadm_";
    private static final Pattern TOKEN = Pattern.compile("swadm_([0-9A-Za-z]{24})_[0-9A-Za-z]{43}");
    private static final byte[] NO_HASH = new byte[32];

    private static final PagedQuery<AdminKey> PAGES = new PagedQuery<>("admin_key", "id", COLUMNS, AdminKeys::row);

    private final TableAccess access;
    private final Audit audit;
    private final Function<String, Optional<Stored>> known;

    /** @param known finds a key by its id, in memory */
    public AdminKeys(TableAccess access, Audit audit, Function<String, Optional<Stored>> known) {
        this.access = access;
        this.audit = audit;
        this.known = known;
    }

    /** A key with what its token is compared to. */
    @SuppressWarnings("ArrayRecordComponent") // compared by MessageDigest.isEqual only
    public record Stored(AdminKey key, byte[] tokenSha256) {}

    /** All keys of all organizations, on a handle of the registry's. */
    public static List<Stored> all(Handle handle) {
        return handle.createQuery("SELECT " + COLUMNS + ", token_sha256 FROM admin_key")
                .map((rs, context) -> new Stored(row(rs, context), rs.getBytes("token_sha256")))
                .list();
    }

    /** Makes a key for an organization; the result holds the token, which nobody can ask for again. */
    public NewAdminKey create(String organizationId, String name, Scope scope, Actor by) {
        NewAdminKey made = generate(organizationId, name, scope);
        access.change(handle -> {
            boolean known = handle.createQuery("SELECT id FROM organization WHERE id = :id")
                    .bind("id", organizationId)
                    .mapTo(String.class)
                    .findOne()
                    .isPresent();
            if (!known) {
                throw RegistryException.notFound("organization", organizationId);
            }
            return insert(handle, made);
        });
        audit.record(organizationId, by, AuditEvent.adminKeyCreated(made.key().id(), name));
        return made;
    }

    /** Makes an organization and a key for it where there is no organization yet; of several gateways one makes them. */
    public Optional<NewAdminKey> createFirst(String organizationName, String name) {
        Optional<NewAdminKey> first = access.change(handle -> {
            if (handle.createQuery("SELECT COUNT(*) FROM organization")
                            .mapTo(Long.class)
                            .one()
                    > 0) {
                return Optional.empty();
            }
            Organization organization = Organizations.insert(handle, access, organizationName);
            NewAdminKey made = generate(organization.id(), name, Scope.WRITE);
            insert(handle, made);
            return Optional.of(made);
        });
        first.ifPresent(made -> audit.record(
                made.key().organizationId(),
                new Actor.Gateway(),
                AuditEvent.adminKeyCreated(made.key().id(), name)));
        return first;
    }

    private NewAdminKey generate(String organizationId, String name, Scope scope) {
        AdminKey key = new AdminKey(access.tokens().id(PREFIX), organizationId, name, scope, access.now());
        return new NewAdminKey(
                key,
                TOKEN_PREFIX + key.id().substring(PREFIX.length()) + "_"
                        + access.tokens().adminSecret());
    }

    private static int insert(Handle handle, NewAdminKey made) {
        return handle.createUpdate("INSERT INTO admin_key (id, organization_id, name, scope, token_sha256, created_at)"
                        + " VALUES (:id, :organizationId, :name, :scope, :hash, :createdAt)")
                .bindMethods(made.key())
                .bind("hash", Tokens.sha256(made.token()))
                .execute();
    }

    /** Takes a key away, on every gateway within seconds. */
    public void delete(String organizationId, String id, Actor by) {
        int deleted = access.change(handle -> handle.createUpdate(
                        "DELETE FROM admin_key WHERE id = :id AND organization_id = :organizationId")
                .bind("id", id)
                .bind("organizationId", organizationId)
                .execute());
        if (deleted == 0) {
            throw RegistryException.notFound("admin key", id);
        }
        audit.record(organizationId, by, AuditEvent.adminKeyDeleted(id));
    }

    public Page<AdminKey> list(String organizationId, Page.Request request) {
        return access.read(handle ->
                PAGES.run(handle, "organization_id = :organization", Map.of("organization", organizationId), request));
    }

    public Optional<AdminKey> find(String organizationId, String id) {
        return access.read(handle -> handle.createQuery(
                        "SELECT " + COLUMNS + " FROM admin_key WHERE id = :id AND organization_id = :organizationId")
                .bind("id", id)
                .bind("organizationId", organizationId)
                .map(AdminKeys::row)
                .findOne());
    }

    /** Whose token it is; in memory, never blocks. */
    public Optional<AdminKey> authenticate(String token) {
        Matcher parts = TOKEN.matcher(token);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Optional<Stored> stored = known.apply(PREFIX + parts.group(1));
        byte[] expected = stored.map(Stored::tokenSha256).orElse(NO_HASH);
        boolean same = MessageDigest.isEqual(expected, Tokens.sha256(token));
        return same ? stored.map(Stored::key) : Optional.empty();
    }

    private static AdminKey row(ResultSet rs, StatementContext context) throws SQLException {
        return new AdminKey(
                rs.getString("id"),
                rs.getString("organization_id"),
                rs.getString("name"),
                Scope.valueOf(rs.getString("scope")),
                rs.getLong("created_at"));
    }
}

package io.sealward.gateway.registry.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.gateway.registry.database.RegistryException;
import io.sealward.gateway.registry.encryption.ColumnOpener;
import io.sealward.gateway.registry.encryption.EncryptedColumn;
import io.sealward.gateway.registry.encryption.RowCipher;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.StoreCredential;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What stands in a row of {@code project}. The secret of a store credential is encrypted there. */
public record ProjectRows(RowCipher cipher, ColumnOpener opener) implements RowMapper<RegisteredProject> {
    /** The column of the secret. */
    public static final EncryptedColumn SECRET =
            new EncryptedColumn("project", "id", "store_secret", List.of("id", "store_access_key_id"));

    private static final Logger LOG = LoggerFactory.getLogger(ProjectRows.class);

    static final String TABLE = SECRET.table();
    static final String COLUMNS =
            "id, organization_id, name, external_key_id, key_mode, store_access_key_id, store_secret,"
                    + " created_at, archived_at";

    /** Whose secrets are opened anew each time. */
    public ProjectRows(RowCipher cipher) {
        this(cipher, (column, row) -> new String(cipher.open(column, row), UTF_8));
    }

    /**
     * The active projects of all organizations, on a handle of the registry's. One that cannot be read is left out, and logged:
     * without the credential at the store that it is to have, it must not go on with the gateway's.
     */
    public List<Project> active(Handle handle) {
        return handle
                .createQuery("SELECT " + COLUMNS + " FROM " + TABLE + " WHERE archived_at IS NULL")
                .map(this::readable)
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Project> readable(ResultSet rs, StatementContext context) throws SQLException {
        try {
            return Optional.of(map(rs, context).project());
        } catch (RegistryException e) {
            LOG.error("project {} is ignored: {}", rs.getString("id"), e.getMessage());
            return Optional.empty();
        }
    }

    /** The value of {@code store_secret}. */
    Optional<byte[]> sealed(String projectId, Optional<StoreCredential> credential) {
        return credential.map(
                own -> cipher.seal(own.secretAccessKey().getBytes(UTF_8), TABLE, projectId, own.accessKeyId()));
    }

    @Override
    public RegisteredProject map(ResultSet rs, StatementContext context) throws SQLException {
        Project project = new Project(
                rs.getString("organization_id"),
                rs.getString("id"),
                Optional.ofNullable(rs.getString("external_key_id")),
                KeyMode.valueOf(rs.getString("key_mode")),
                storeCredential(rs));
        long seconds = rs.getLong("archived_at");
        OptionalLong archivedAt = rs.wasNull() ? OptionalLong.empty() : OptionalLong.of(seconds);
        return new RegisteredProject(project, rs.getString("name"), rs.getLong("created_at"), archivedAt);
    }

    private Optional<StoreCredential> storeCredential(ResultSet rs) throws SQLException {
        String projectId = rs.getString("id");
        String accessKeyId = rs.getString("store_access_key_id");
        byte[] secret = rs.getBytes("store_secret");
        return Optional.ofNullable(accessKeyId)
                .map(id -> new StoreCredential(id, opener.open(secret, TABLE, projectId, id)));
    }
}

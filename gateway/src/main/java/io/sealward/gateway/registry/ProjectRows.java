package io.sealward.gateway.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.StoreCredential;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** What stands in a row of {@code project}. The secret of a store credential is encrypted there. */
record ProjectRows(RowCipher cipher, ColumnOpener opener) implements RowMapper<RegisteredProject> {
    static final String TABLE = "project";
    static final String COLUMNS =
            "id, organization_id, name, external_key_id, key_mode, store_access_key_id, store_secret,"
                    + " created_at, archived_at";

    /** What an encrypted column says, as {@link RowCipher#open} does. */
    @FunctionalInterface
    interface ColumnOpener {
        String open(byte[] sealed, String... row);
    }

    ProjectRows(RowCipher cipher) {
        this(cipher, (column, row) -> new String(cipher.open(column, row), UTF_8));
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

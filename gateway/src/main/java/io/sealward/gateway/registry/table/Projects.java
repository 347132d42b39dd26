package io.sealward.gateway.registry.table;

import io.sealward.gateway.registry.database.Page;
import io.sealward.gateway.registry.database.PagedQuery;
import io.sealward.gateway.registry.database.RegistryException;
import io.sealward.gateway.registry.database.RegistryException.Reason;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.StoreCredential;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** The projects. They can be archived, never deleted: the store still holds what they stored. */
public final class Projects {
    private static final String PREFIX = "proj_";

    private final TableAccess access;
    private final ProjectRows rows;
    private final PagedQuery<RegisteredProject> pages;

    public Projects(TableAccess access, ProjectRows rows) {
        this.access = access;
        this.rows = rows;
        this.pages = new PagedQuery<>(ProjectRows.TABLE, "id", ProjectRows.COLUMNS, rows);
    }

    /**
     * Fields to change; an empty one stays as it is.
     *
     * @param externalKeyId only for a project that has no key yet: what a key has sealed stays with it
     * @param storeCredential empty inside to take it away
     */
    public record Update(
            Optional<String> name,
            Optional<String> externalKeyId,
            Optional<KeyMode> keyMode,
            Optional<Optional<StoreCredential>> storeCredential) {}

    public RegisteredProject create(
            String organizationId,
            String name,
            Optional<String> externalKeyId,
            KeyMode keyMode,
            Optional<StoreCredential> storeCredential) {
        Project project =
                new Project(organizationId, access.tokens().id(PREFIX), externalKeyId, keyMode, storeCredential);
        RegisteredProject registered = new RegisteredProject(project, name, access.now(), OptionalLong.empty());
        access.change(handle -> {
            access.quotas().requireProject(handle, organizationId);
            externalKeyId.ifPresent(key -> requireKey(handle, project, key));
            return handle.createUpdate("INSERT INTO project (id, organization_id, name, external_key_id, key_mode,"
                            + " store_access_key_id, store_secret, created_at) VALUES"
                            + " (:id, :organizationId, :name, :key, :mode, :storeKey, :storeSecret, :createdAt)")
                    .bind("id", project.id())
                    .bind("organizationId", organizationId)
                    .bind("name", name)
                    .bind("key", externalKeyId)
                    .bind("mode", keyMode)
                    .bind("storeKey", storeCredential.map(StoreCredential::accessKeyId))
                    .bind("storeSecret", rows.sealed(project.id(), storeCredential))
                    .bind("createdAt", registered.createdAt())
                    .execute();
        });
        return registered;
    }

    public Optional<RegisteredProject> find(String organizationId, String id) {
        return access.read(handle -> find(handle, organizationId, id));
    }

    public Page<RegisteredProject> list(String organizationId, boolean includeArchived, Page.Request request) {
        return access.read(handle -> pages.run(
                handle,
                "organization_id = :organization" + (includeArchived ? "" : " AND archived_at IS NULL"),
                Map.of("organization", organizationId),
                request));
    }

    public RegisteredProject update(String organizationId, String id, Update update) {
        return access.change(handle -> {
            RegisteredProject before = requireActive(handle, organizationId, id);
            update.externalKeyId().ifPresent(key -> {
                if (before.project()
                        .externalKeyId()
                        .filter(old -> !old.equals(key))
                        .isPresent()) {
                    throw new RegistryException(
                            Reason.KEY_FIXED,
                            "The external key of a project cannot be exchanged. Archive the project and create a new"
                                    + " one with the new key.");
                }
                requireKey(handle, before.project(), key);
            });
            Optional<StoreCredential> store =
                    update.storeCredential().orElse(before.project().storeCredential());
            handle.createUpdate("UPDATE project SET name = :name, external_key_id = :key, key_mode = :mode,"
                            + " store_access_key_id = :storeKey, store_secret = :storeSecret WHERE id = :id")
                    .bind("id", id)
                    .bind("name", update.name().orElse(before.name()))
                    .bind("key", update.externalKeyId().or(() -> before.project()
                            .externalKeyId()))
                    .bind("mode", update.keyMode().orElse(before.project().keyMode()))
                    .bind("storeKey", store.map(StoreCredential::accessKeyId))
                    .bind("storeSecret", rows.sealed(id, store))
                    .execute();
            return find(handle, organizationId, id).orElseThrow();
        });
    }

    /** Stops all its credentials on every gateway within seconds. Archiving twice changes nothing. */
    public RegisteredProject archive(String organizationId, String id) {
        return access.change(handle -> {
            handle.createUpdate("UPDATE project SET archived_at = :now"
                            + " WHERE id = :id AND organization_id = :organizationId AND archived_at IS NULL")
                    .bind("now", access.now())
                    .bind("id", id)
                    .bind("organizationId", organizationId)
                    .execute();
            return find(handle, organizationId, id).orElseThrow(() -> RegistryException.notFound("project", id));
        });
    }

    RegisteredProject requireActive(Handle handle, String organizationId, String id) {
        RegisteredProject project =
                find(handle, organizationId, id).orElseThrow(() -> RegistryException.notFound("project", id));
        if (!project.isActive()) {
            throw new RegistryException(Reason.ARCHIVED, "Project '" + id + "' is archived.");
        }
        return project;
    }

    private Optional<RegisteredProject> find(Handle handle, String organizationId, String id) {
        return handle.createQuery("SELECT " + ProjectRows.COLUMNS
                        + " FROM project WHERE id = :id AND organization_id = :organizationId")
                .bind("id", id)
                .bind("organizationId", organizationId)
                .map(rows)
                .findOne();
    }

    private static void requireKey(Handle handle, Project project, String id) {
        ExternalKey key = ExternalKeys.find(handle, project.organizationId(), id)
                .orElseThrow(() -> RegistryException.notFound("external key", id));
        if (!key.serves(project.id())) {
            throw new RegistryException(
                    Reason.KEY_BOUND,
                    "External key '" + id + "' was set up for project '"
                            + key.spec().owner().id() + "', and only that project can be given it.");
        }
    }
}

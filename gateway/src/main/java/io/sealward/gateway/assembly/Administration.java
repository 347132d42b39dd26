package io.sealward.gateway.assembly;

import io.sealward.gateway.audit.Actor;
import io.sealward.gateway.audit.AuditEvent;
import io.sealward.gateway.config.GatewayConfig;
import io.sealward.gateway.registry.Registry;
import io.sealward.gateway.registry.database.Page;
import io.sealward.gateway.registry.database.RegistryException;
import io.sealward.gateway.registry.table.AdminKey;
import io.sealward.gateway.registry.table.NewAdminKey;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.trail.Anchors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an operator does to the registry beside the gateways, or before there is any admin key. Asks no cloud. */
public final class Administration implements AutoCloseable {
    private static final String ORGANIZATION_ID = "org-";
    private static final int MAX_NAME_LENGTH = 256;
    private static final int PAGE = 100;

    private final Registry registry;

    private Administration(Registry registry) {
        this.registry = registry;
    }

    /**
     * Opens the configured registry.
     *
     * @throws IllegalStateException if there is no registry, or it cannot be opened
     */
    public static Administration open(GatewayConfig config) {
        return new Administration(config.registry()
                .map(registry -> RegistryOpening.at(registry, config.store().responseTimeout(), new UnusableOpener()))
                .orElseThrow(() -> new IllegalStateException("the configuration has no registry")));
    }

    /**
     * Makes an admin key.
     *
     * @param organization the id of one there is, or the name of a new one
     * @throws IllegalArgumentException if a name is empty or longer than 256
     * @throws RegistryException if no organization has that id
     */
    public NewAdminKey createAdminKey(String organization, String name, AdminKey.Scope scope) {
        requireName("organization", organization);
        requireName("key", name);
        String id = Optional.of(organization)
                .filter(given -> given.startsWith(ORGANIZATION_ID))
                .orElseGet(() -> registry.organizations().create(organization).id());
        return registry.adminKeys().create(id, name, scope, new Actor.Gateway());
    }

    /** The admin keys of an organization, in the order they were made. */
    public List<AdminKey> adminKeys(String organizationId) {
        List<AdminKey> keys = new ArrayList<>();
        Page<AdminKey> page = page(organizationId, Optional.empty());
        keys.addAll(page.data());
        while (page.hasMore()) {
            page = page(organizationId, Optional.of(keys.get(keys.size() - 1).id()));
            keys.addAll(page.data());
        }
        return keys;
    }

    private Page<AdminKey> page(String organizationId, Optional<String> after) {
        return registry.adminKeys().list(organizationId, new Page.Request(after, PAGE, Page.Order.ASC));
    }

    /**
     * Takes an admin key away, on every gateway within seconds.
     *
     * @throws RegistryException if the organization has no such key
     */
    public void deleteAdminKey(String organizationId, String id) {
        registry.adminKeys().delete(organizationId, id, new Actor.Gateway());
    }

    /**
     * Makes a project the owner of a bucket that the store has and the registry does not know. To its owner it changes nothing.
     *
     * @param bucket valid as a name
     * @throws RegistryException if the organization has no such active project, or another one owns the bucket or has only just
     *     given it back
     */
    public void claimBucket(String organizationId, String projectId, String bucket) {
        Project project = registry.projects()
                .find(organizationId, projectId)
                .orElseThrow(() -> RegistryException.notFound("project", projectId))
                .project();
        boolean claimed = registry.bucketClaims().claim(project, bucket).mark().isPresent();
        registry.bucketClaims().created(project, bucket); // so that nobody's mark ends it
        if (claimed) {
            registry.audit()
                    .record(
                            organizationId,
                            new Actor.Gateway(),
                            AuditEvent.bucketChanged(bucket, projectId, AuditEvent.Change.CLAIMED));
        }
    }

    /** What the registry knows of the gateways' audit trails. */
    public Anchors trailAnchors() {
        return registry.trailAnchors();
    }

    /**
     * Re-encrypts what the registry keeps secret, with {@code registry.encryption-key}. Gateways may be at work.
     *
     * @return how many rows were under a former key
     * @throws RegistryException if the database does not answer; what is done by then is done
     */
    public int rotateKey() {
        return registry.keyRotation().run();
    }

    /** The rows that are not under {@code registry.encryption-key}, by table and identity. */
    public List<String> rowsUnderOtherKeys() {
        return registry.keyRotation().remaining();
    }

    private static void requireName(String what, String name) {
        boolean printable = name.codePoints().noneMatch(Character::isISOControl);
        if (name.isEmpty() || name.length() > MAX_NAME_LENGTH || !printable) {
            throw new IllegalArgumentException(
                    "the name of the " + what + " must have 1 to " + MAX_NAME_LENGTH + " characters, none of control");
        }
    }

    @Override
    public void close() {
        registry.close();
    }
}

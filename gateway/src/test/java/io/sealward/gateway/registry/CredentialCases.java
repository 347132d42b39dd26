package io.sealward.gateway.registry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.audit.Actor;
import io.sealward.gateway.registry.database.Database;
import io.sealward.gateway.registry.table.AdminKey;
import io.sealward.gateway.registry.table.NewAdminKey;
import io.sealward.gateway.registry.table.Projects;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.S3Credential;
import io.sealward.gateway.tenant.StoreCredential;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Credentials of projects at the gateway, and at the store, on both gateways. */
interface CredentialCases extends TwoGateways {
    @Test
    default void aNewCredentialWorksHereAtOnceAndOnTheOtherGatewaySoon() {
        Project project = project(Optional.empty());
        S3Credential made = credential(project);
        assertThat(here().credentials().find(made.accessKeyId())).contains(made);
        there().poll();
        assertThat(there().credentials().find(made.accessKeyId())).isPresent();
        assertThat(there().credentials().find(made.accessKeyId())).contains(made);
    }

    @Test
    default void aRevokedCredentialStopsOnBothGateways() {
        Project project = project(Optional.empty());
        String id = credential(project).accessKeyId();
        there().poll();
        assertThat(there().credentials().find(id)).isPresent();
        here().s3Credentials().revoke(project.id(), id);
        assertThat(here().credentials().find(id)).isEmpty();
        there().poll();
        assertThat(there().credentials().find(id)).isEmpty();
    }

    @Test
    default void archivingAProjectStopsItsCredentials() {
        Project project = project(Optional.empty());
        String id = credential(project).accessKeyId();
        there().projects().archive(project.organizationId(), project.id());
        assertThat(there().credentials().find(id)).isEmpty();
        here().poll();
        assertThat(here().credentials().find(id)).isEmpty();
    }

    @Test
    default void aStoreCredentialFollowsTheProjectOnBothGateways() {
        Project project = project(Optional.empty());
        String id = credential(project).accessKeyId();
        assertThat(storeCredential(here(), id)).isEmpty();

        setStoreCredential(project, Optional.of(OWN));
        assertThat(storeCredential(here(), id)).contains(OWN);
        there().poll();
        assertThat(storeCredential(there(), id)).contains(OWN);

        Projects.Update rename =
                new Projects.Update(Optional.of("renamed"), Optional.empty(), Optional.empty(), Optional.empty());
        there().projects().update(project.organizationId(), project.id(), rename);
        assertThat(storeCredential(there(), id)).contains(OWN);

        setStoreCredential(project, Optional.empty());
        assertThat(storeCredential(here(), id)).isEmpty();
        there().poll();
        assertThat(storeCredential(there(), id)).isEmpty();
    }

    @Test
    default void aProjectCanBeMadeWithAStoreCredential() {
        String organization = here().organizations().create("one").id();
        Project made = here().projects()
                .create(organization, "p", Optional.empty(), KeyMode.PER_OBJECT, Optional.of(OWN))
                .project();
        assertThat(storeCredential(here(), credential(made).accessKeyId())).contains(OWN);
        assertThat(here().projects().find(organization, made.id()).orElseThrow().project())
                .isEqualTo(made);
    }

    @Test
    default void aStoreCredentialMovedToAnotherRowStopsThatProjectOnly() {
        Project owner = project(Optional.empty());
        Project thief = project(Optional.empty());
        String ofOwner = credential(owner).accessKeyId();
        String ofThief = credential(thief).accessKeyId();
        setStoreCredential(owner, Optional.of(OWN));
        try (Database direct = Database.open(database().settings().database())) {
            direct.change(handle -> handle.createUpdate("UPDATE project SET"
                            + " store_access_key_id = (SELECT store_access_key_id FROM project WHERE id = :owner),"
                            + " store_secret = (SELECT store_secret FROM project WHERE id = :owner) WHERE id = :thief")
                    .bind("owner", owner.id())
                    .bind("thief", thief.id())
                    .execute());
        }
        here().poll();
        assertThat(here().credentials().find(ofThief)).isEmpty();
        assertThat(storeCredential(here(), ofOwner)).contains(OWN);
    }

    private void setStoreCredential(Project project, Optional<StoreCredential> credential) {
        here().projects()
                .update(
                        project.organizationId(),
                        project.id(),
                        new Projects.Update(
                                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(credential)));
    }

    @Test
    default void aSecretMovedToAnotherRowOpensNothing() {
        Project victim = project(Optional.empty());
        Project attacker = project(Optional.empty());
        String stolen = credential(victim).accessKeyId();
        String own = credential(attacker).accessKeyId();
        try (Database raw = Database.open(database().settings().database())) {
            raw.change(handle -> handle.createUpdate("UPDATE s3_credential SET secret ="
                            + " (SELECT s.secret FROM s3_credential s WHERE s.access_key_id = :stolen)"
                            + " WHERE access_key_id = :own")
                    .bind("stolen", stolen)
                    .bind("own", own)
                    .execute());
        }
        here().poll();
        assertThat(here().credentials().find(own)).isEmpty();
        assertThat(here().credentials().find(stolen)).as("the others go on").isPresent();
    }

    @Test
    default void noSecretIsInTheDatabaseInClear() {
        S3Credential credential = credential(project(Optional.empty()));
        setStoreCredential(credential.project(), Optional.of(OWN));
        NewAdminKey admin = here().adminKeys()
                .create(credential.project().organizationId(), "k", AdminKey.Scope.WRITE, new Actor.Gateway());
        try (Database raw = Database.open(database().settings().database())) {
            String everything = raw.read(handle -> {
                StringBuilder text = new StringBuilder();
                for (String table : List.of("admin_key", "project", "s3_credential", "audit_log", "registry_state")) {
                    handle.createQuery("SELECT * FROM " + table).mapToMap().forEach(row -> row.values()
                            .forEach(value -> text.append(
                                            value instanceof byte[] bytes ? new String(bytes, ISO_8859_1) : value)
                                    .append('\n')));
                }
                return text.toString();
            });
            assertThat(everything)
                    .contains(credential.accessKeyId(), admin.key().id(), OWN.accessKeyId());
            assertThat(everything).doesNotContain(credential.secretAccessKey(), admin.token(), OWN.secretAccessKey());
            assertThat(everything)
                    .doesNotContain(admin.token().substring(admin.token().lastIndexOf('_') + 1));
        }
    }

    StoreCredential OWN = new StoreCredential("own-user", "own-secret");
}

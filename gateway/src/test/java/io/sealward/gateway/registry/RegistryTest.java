package io.sealward.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.gateway.Eventually;
import io.sealward.gateway.audit.Actor;
import io.sealward.gateway.audit.AuditEntry;
import io.sealward.gateway.audit.AuditEvent;
import io.sealward.gateway.registry.database.DatabaseSettings;
import io.sealward.gateway.registry.database.Page;
import io.sealward.gateway.registry.database.RegistryException;
import io.sealward.gateway.registry.table.AdminKey;
import io.sealward.gateway.registry.table.AuditEntries;
import io.sealward.gateway.registry.table.NewAdminKey;
import io.sealward.gateway.registry.table.Organization;
import io.sealward.gateway.registry.table.Quotas;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.S3Credential;
import io.sealward.providers.KeySpec;
import io.sealward.providers.catalog.Providers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways on one database. */
abstract class RegistryTest implements CredentialCases, BucketCases, KekCases, PolicyCases {
    @TempDir
    Path directory;

    private TestDatabase database;

    private KeystoreOpener opener;

    private Registry here;

    private Registry there;

    abstract TestDatabase newDatabase();

    @BeforeEach
    void open() {
        database = newDatabase();
        opener = new KeystoreOpener(directory.resolve("keys.bcfks"));
        here = Registry.open(database.settings(), opener, Clock.systemUTC());
        there = Registry.open(database.settings(), opener, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        if (here != null) {
            here.close();
            there.close();
        }
        if (opener != null) {
            opener.close();
        }
    }

    @Override
    public TestDatabase database() {
        return database;
    }

    @Override
    public KeystoreOpener opener() {
        return opener;
    }

    @Override
    public Registry here() {
        return here;
    }

    @Override
    public Registry there() {
        return there;
    }

    @Test
    void aGatewayFollowsTheOthersByItself() {
        RegistrySettings quick = database.settings().pollingEach(Duration.ofMillis(20));
        try (Registry follower = Registry.open(quick, opener, Clock.systemUTC())) {
            S3Credential made = credential(project(Optional.empty()));
            Eventually.holds(() ->
                    assertThat(follower.credentials().find(made.accessKeyId())).contains(made));
        }
    }

    @Test
    void anAdminKeyOpensItsOrganizationUntilItIsDeleted() {
        Organization organization = here.organizations().create("one");
        NewAdminKey made =
                here.adminKeys().create(organization.id(), "first", AdminKey.Scope.WRITE, new Actor.Gateway());
        assertThat(here.adminKeys().authenticate(made.token())).contains(made.key());
        there.poll();
        assertThat(there.adminKeys().authenticate(made.token())).isPresent();
        String almost = made.token().substring(0, made.token().length() - 1)
                + (made.token().endsWith("x") ? "y" : "x");
        assertThat(here.adminKeys().authenticate(almost)).isEmpty();
        assertThat(here.adminKeys().authenticate("")).isEmpty();
        here.adminKeys().delete(organization.id(), made.key().id(), new Actor.Gateway());
        assertThat(here.adminKeys().authenticate(made.token())).isEmpty();
        there.poll();
        assertThat(there.adminKeys().authenticate(made.token())).isEmpty();
    }

    @Test
    void entriesWhoseAcknowledgementWasLostAreStoredOnce() {
        Project project = project(Optional.empty());
        AuditEntry entry = new AuditEntry(
                "audit_log-twice",
                1_700_000_000,
                project.organizationId(),
                new Actor.Gateway(),
                AuditEvent.projectArchived(project.id()));
        here.auditEntries().write(List.of(entry));
        here.auditEntries().write(List.of(entry));
        AuditEntries.Filter filter =
                new AuditEntries.Filter(Map.of(), List.of(), List.of("project.archived"), List.of(), List.of());
        assertThat(here.auditEntries()
                        .list(project.organizationId(), filter, new Page.Request(Optional.empty(), 10, Page.Order.ASC))
                        .data())
                .hasSize(1);
    }

    @Test
    void whatTheDatabaseRefusesIsNoOutage() {
        String organization = here.organizations().create("one").id();
        assertThatThrownBy(() -> here.adminKeys()
                        .create(organization, "n".repeat(300), AdminKey.Scope.WRITE, new Actor.Gateway()))
                .isInstanceOfSatisfying(RegistryException.class, e -> {
                    assertThat(e.reason()).isEqualTo(RegistryException.Reason.REFUSED);
                    assertThat(e).hasMessageContaining("[22");
                });
        AuditEntry tooLong = new AuditEntry(
                "audit_log-" + "x".repeat(100),
                1,
                organization,
                new Actor.Gateway(),
                AuditEvent.projectArchived("proj_1"));
        assertThatThrownBy(() -> here.auditEntries().write(List.of(tooLong)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anotherSecretDoesNotOpenTheRegistry() {
        DatabaseSettings settings = database.settings().database();
        RegistrySettings wrong = RegistrySettings.at(settings.jdbcUrl(), settings.user(), "", new byte[32]);
        assertThatThrownBy(() -> Registry.open(wrong, opener, Clock.systemUTC()))
                .isInstanceOfSatisfying(RegistryException.class, e -> {
                    assertThat(e.reason()).isEqualTo(RegistryException.Reason.WRONG_SECRET);
                    assertThat(e).hasMessage("the registry was encrypted under another key than the configured ones");
                });
    }

    @Test
    void anOrganizationHasSoMuchAndNoMore() {
        RegistrySettings narrow = database.settings().with(new Quotas(1, 2, 1));
        try (Registry registry = Registry.open(narrow, opener, Clock.systemUTC())) {
            Organization organization = registry.organizations().create("one");
            KeySpec spec = Providers.parse("local", Map.of("key_name", organization.id() + "--kek"));
            registry.externalKeys().register(organization.id(), "first", spec);
            assertBeyondQuota(() -> registry.externalKeys().register(organization.id(), "second", spec));

            Project project = newProject(registry, organization);
            Project archived = newProject(registry, organization);
            registry.projects().archive(organization.id(), archived.id());
            assertBeyondQuota(() -> newProject(registry, organization));

            String credential = registry.s3Credentials()
                    .create(organization.id(), project.id(), "first")
                    .credential()
                    .accessKeyId();
            assertBeyondQuota(() -> registry.s3Credentials().create(organization.id(), project.id(), "second"));
            registry.s3Credentials().revoke(project.id(), credential);
            registry.s3Credentials().create(organization.id(), project.id(), "in its place");

            newProject(registry, registry.organizations().create("another"));
        }
    }

    private static Project newProject(Registry registry, Organization organization) {
        return registry.projects()
                .create(organization.id(), "p", Optional.empty(), KeyMode.PER_OBJECT, Optional.empty())
                .project();
    }
}

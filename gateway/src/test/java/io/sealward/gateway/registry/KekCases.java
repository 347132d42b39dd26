package io.sealward.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.gateway.registry.database.RegistryException;
import io.sealward.gateway.registry.table.ExternalKey;
import io.sealward.gateway.registry.table.Organization;
import io.sealward.gateway.registry.table.Projects;
import io.sealward.gateway.tenant.Keks;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.providers.Kek;
import io.sealward.providers.KekOpener;
import io.sealward.providers.KeySpec;
import io.sealward.providers.RegistrationCheck;
import io.sealward.providers.WrapContext;
import io.sealward.providers.catalog.Providers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Registered keys, their removal and their denials, on both gateways. */
interface KekCases extends TwoGateways {
    @Test
    default void aRegisteredKekIsOpenOnBothGatewaysUntilItIsRemoved() {
        Organization organization = here().organizations().create("one");
        ExternalKey key = register(organization);
        Project project = here().projects()
                .create(organization.id(), "p", Optional.of(key.id()), KeyMode.BUCKET_KEY, Optional.empty())
                .project();
        Keks keksThere = there().keks(Optional.empty());
        there().poll();
        assertThat(keksThere.forProject(project)).isPresent();
        assertThat(keksThere.find(project, key.id())).isPresent();
        Project foreign = project(Optional.empty());
        assertThat(keksThere.find(foreign, key.id())).as("another tenant's key").isEmpty();
        assertThat(keksThere.forProject(foreign)).isEmpty();

        assertThatThrownBy(() -> here().externalKeys().remove(organization.id(), key.id()))
                .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.reason())
                        .isEqualTo(RegistryException.Reason.KEY_IN_USE));
        here().projects().archive(organization.id(), project.id());
        here().externalKeys().remove(organization.id(), key.id());
        assertThat(here().keks(Optional.empty()).find(project, key.id())).isEmpty();
        there().poll();
        assertThat(keksThere.find(project, key.id())).isEmpty();
    }

    @Test
    default void aProjectWithoutAKeyGetsTheDefaultOneIfThereIsOne() {
        KeySpec spec = Providers.parse("local", Map.of("key_name", "org-x--default"));
        Keks.Registered byDefault = new Keks.Registered("default", opener().open("org-x", spec));
        Project project = project(Optional.empty());
        assertThat(here().keks(Optional.of(byDefault)).forProject(project)).contains(byDefault);
        assertThat(here().keks(Optional.of(byDefault)).find(project, "default")).contains(byDefault);
        assertThat(here().keks(Optional.empty()).forProject(project)).isEmpty();
    }

    @Test
    default void oneKekBelongsToOneOrganization() {
        Organization first = here().organizations().create("first");
        Organization second = here().organizations().create("second");
        KeySpec spec = Providers.parse(
                "azure",
                Map.of(
                        "tenant_id", "20a14814-5ab7-4612-a671-1382b412bf93",
                        "vault_uri", "https://vault-1.vault.azure.net/",
                        "key_name", "org-a--k"));
        KeySpec sameSpelledOtherwise = Providers.parse(
                "azure",
                Map.of(
                        "tenant_id", "20a14814-5ab7-4612-a671-1382b412bf93",
                        "vault_uri", "https://VAULT-1.vault.azure.net",
                        "key_name", "org-a--K"));
        here().externalKeys().register(first.id(), "k", spec);
        here().externalKeys().register(first.id(), "again", spec);
        assertThatThrownBy(() -> there().externalKeys().register(second.id(), "k", sameSpelledOtherwise))
                .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.reason())
                        .isEqualTo(RegistryException.Reason.KEK_TAKEN));
    }

    @Test
    default void aKeyOfOneProjectIsOfNoOther() {
        Organization organization = here().organizations().create("one");
        Project owner = project(organization);
        Project sibling = project(organization);
        ExternalKey key = here().externalKeys()
                .register(
                        organization.id(),
                        "bound",
                        Providers.parse(
                                "aws",
                                Map.of(
                                        "role_arn", "arn:aws:iam::123456789012:role/r",
                                        "kms_arn",
                                                "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000000",
                                        "external_id", owner.id())));
        Keks keks = here().keks(Optional.empty());
        assertThat(keks.find(owner, key.id())).isPresent();
        assertThat(keks.find(sibling, key.id())).isEmpty();

        Projects.Update give =
                new Projects.Update(Optional.empty(), Optional.of(key.id()), Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> here().projects().update(organization.id(), sibling.id(), give))
                .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.reason())
                        .isEqualTo(RegistryException.Reason.KEY_BOUND));
        assertThatThrownBy(() -> here().projects()
                        .create(organization.id(), "new", Optional.of(key.id()), KeyMode.PER_OBJECT, Optional.empty()))
                .isInstanceOf(RegistryException.class);
        Project given =
                here().projects().update(organization.id(), owner.id(), give).project();
        assertThat(keks.forProject(given)).isPresent();
    }

    @Test
    default void everyGatewayIsToldOfAKeyThatIsRemovedOnOne() {
        Set<String> toldHere = ConcurrentHashMap.newKeySet();
        Set<String> toldThere = ConcurrentHashMap.newKeySet();
        here().whenKeyRemoved(toldHere::add);
        there().whenKeyRemoved(toldThere::add);
        Organization organization = here().organizations().create("one");
        ExternalKey removed = register(organization);
        Keks keksThere = there().keks(Optional.empty());
        Project project = project(organization);
        there().poll();
        assertThat(keksThere.find(project, removed.id())).isPresent();

        here().externalKeys().remove(organization.id(), removed.id());

        assertThat(toldHere).containsExactly(removed.id());
        there().poll();
        assertThat(toldThere).containsExactly(removed.id());
    }

    @Test
    default void aKeyThatDidNotOpenIsTriedAgainWithoutAnyChange() {
        Organization organization = here().organizations().create("one");
        ExternalKey key = register(organization);
        Project project = project(organization);
        AtomicInteger attempts = new AtomicInteger();
        KekOpener flaky = new KekOpener() {
            @Override
            public Kek open(String organizationId, KeySpec spec) {
                if (attempts.incrementAndGet() <= 2) {
                    throw new IllegalStateException("a file is not there yet");
                }
                return opener().open(organizationId, spec);
            }

            @Override
            public RegistrationCheck check(String organizationId, KeySpec spec, WrapContext context) {
                return opener().check(organizationId, spec, context);
            }
        };
        try (Registry late = Registry.open(database().settings(), flaky, Clock.systemUTC())) {
            late.poll();
            assertThat(late.keks(Optional.empty()).find(project, key.id())).isEmpty();
            late.poll();
            assertThat(late.keks(Optional.empty()).find(project, key.id())).isPresent();
        }
    }

    @Test
    default void aDenialThatOneGatewayMeetsIsASuspicionToTheOthersOnce() {
        Organization organization = here().organizations().create("denied");
        String key = register(organization).id();
        List<String> toldHere = new ArrayList<>();
        List<String> toldThere = new ArrayList<>();
        here().keyDenials().whenDeniedElsewhere(toldHere::add);
        there().keyDenials().whenDeniedElsewhere(toldThere::add);
        for (int i = 0; i < 100; i++) {
            here().keyDenials().denied(key);
            here().poll();
        }
        there().poll();
        there().keyDenials().denied(key); // which its own round finds
        there().poll();
        here().poll();
        assertThat(toldThere).containsExactly(key);
        assertThat(toldHere).isEmpty();
        here().keyDenials().granted(key);
        there().keyDenials().granted(key);
        there().keyDenials().denied(key);
        there().poll();
        here().poll();
        assertThat(toldHere).containsExactly(key);
        assertThat(toldThere).containsExactly(key);
    }

    @Test
    default void denialsOfBothAtOnceReachBoth() {
        String key = register(here().organizations().create("denied")).id();
        List<String> told = new ArrayList<>();
        here().keyDenials().whenDeniedElsewhere(id -> told.add("here"));
        there().keyDenials().whenDeniedElsewhere(id -> told.add("there"));
        here().keyDenials().denied(key);
        there().keyDenials().denied(key);
        here().poll();
        there().poll();
        here().poll();
        assertThat(told).containsExactly("there", "here");
    }

    @Test
    default void theRemovalOfAKeyTakesItsDenialsAlong() {
        Organization organization = here().organizations().create("denied");
        String key = register(organization).id();
        here().keyDenials().denied(key);
        here().keyDenials().denied("extkey_nobody_has");
        here().poll();
        here().externalKeys().remove(organization.id(), key);
        List<String> told = new ArrayList<>();
        there().keyDenials().whenDeniedElsewhere(told::add);
        there().poll();
        assertThat(told).isEmpty();
    }
}

package io.sealward.gateway.registry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.gateway.Eventually;
import io.sealward.gateway.audit.Actor;
import io.sealward.gateway.audit.AuditEntry;
import io.sealward.gateway.audit.AuditEvent;
import io.sealward.gateway.policy.Decision;
import io.sealward.gateway.policy.Policy;
import io.sealward.gateway.registry.database.Database;
import io.sealward.gateway.registry.database.DatabaseSettings;
import io.sealward.gateway.registry.database.Page;
import io.sealward.gateway.registry.database.RegistryException;
import io.sealward.gateway.registry.table.AdminKey;
import io.sealward.gateway.registry.table.AuditEntries;
import io.sealward.gateway.registry.table.ExternalKey;
import io.sealward.gateway.registry.table.NewAdminKey;
import io.sealward.gateway.registry.table.Organization;
import io.sealward.gateway.registry.table.Projects;
import io.sealward.gateway.registry.table.Quotas;
import io.sealward.gateway.registry.table.RegisteredRole;
import io.sealward.gateway.registry.table.S3Roles;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.tenant.Admission;
import io.sealward.gateway.tenant.AssumedRole;
import io.sealward.gateway.tenant.Buckets;
import io.sealward.gateway.tenant.Buckets.Access;
import io.sealward.gateway.tenant.Keks;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.Role;
import io.sealward.gateway.tenant.S3Credential;
import io.sealward.gateway.tenant.StoreCredential;
import io.sealward.providers.Kek;
import io.sealward.providers.KekOpener;
import io.sealward.providers.KeySpec;
import io.sealward.providers.RegistrationCheck;
import io.sealward.providers.WrapContext;
import io.sealward.providers.catalog.Providers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways on one database. */
abstract class RegistryTest {
    private static final StoreCredential OWN = new StoreCredential("own-user", "own-secret");

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

    @Test
    void aNewCredentialWorksHereAtOnceAndOnTheOtherGatewaySoon() {
        Project project = project(Optional.empty());
        S3Credential made = credential(project);
        assertThat(here.credentials().find(made.accessKeyId())).contains(made);
        there.poll();
        assertThat(there.credentials().find(made.accessKeyId())).isPresent();
        assertThat(there.credentials().find(made.accessKeyId())).contains(made);
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
    void aRevokedCredentialStopsOnBothGateways() {
        Project project = project(Optional.empty());
        String id = credential(project).accessKeyId();
        there.poll();
        assertThat(there.credentials().find(id)).isPresent();
        here.s3Credentials().revoke(project.id(), id);
        assertThat(here.credentials().find(id)).isEmpty();
        there.poll();
        assertThat(there.credentials().find(id)).isEmpty();
    }

    @Test
    void archivingAProjectStopsItsCredentials() {
        Project project = project(Optional.empty());
        String id = credential(project).accessKeyId();
        there.projects().archive(project.organizationId(), project.id());
        assertThat(there.credentials().find(id)).isEmpty();
        here.poll();
        assertThat(here.credentials().find(id)).isEmpty();
    }

    @Test
    void aStoreCredentialFollowsTheProjectOnBothGateways() {
        Project project = project(Optional.empty());
        String id = credential(project).accessKeyId();
        assertThat(storeCredential(here, id)).isEmpty();

        setStoreCredential(project, Optional.of(OWN));
        assertThat(storeCredential(here, id)).contains(OWN);
        there.poll();
        assertThat(storeCredential(there, id)).contains(OWN);

        Projects.Update rename =
                new Projects.Update(Optional.of("renamed"), Optional.empty(), Optional.empty(), Optional.empty());
        there.projects().update(project.organizationId(), project.id(), rename);
        assertThat(storeCredential(there, id)).contains(OWN);

        setStoreCredential(project, Optional.empty());
        assertThat(storeCredential(here, id)).isEmpty();
        there.poll();
        assertThat(storeCredential(there, id)).isEmpty();
    }

    @Test
    void aProjectCanBeMadeWithAStoreCredential() {
        String organization = here.organizations().create("one").id();
        Project made = here.projects()
                .create(organization, "p", Optional.empty(), KeyMode.PER_OBJECT, Optional.of(OWN))
                .project();
        assertThat(storeCredential(here, credential(made).accessKeyId())).contains(OWN);
        assertThat(here.projects().find(organization, made.id()).orElseThrow().project())
                .isEqualTo(made);
    }

    @Test
    void aStoreCredentialMovedToAnotherRowStopsThatProjectOnly() {
        Project owner = project(Optional.empty());
        Project thief = project(Optional.empty());
        String ofOwner = credential(owner).accessKeyId();
        String ofThief = credential(thief).accessKeyId();
        setStoreCredential(owner, Optional.of(OWN));
        try (Database direct = Database.open(database.settings().database())) {
            direct.change(handle -> handle.createUpdate("UPDATE project SET"
                            + " store_access_key_id = (SELECT store_access_key_id FROM project WHERE id = :owner),"
                            + " store_secret = (SELECT store_secret FROM project WHERE id = :owner) WHERE id = :thief")
                    .bind("owner", owner.id())
                    .bind("thief", thief.id())
                    .execute());
        }
        here.poll();
        assertThat(here.credentials().find(ofThief)).isEmpty();
        assertThat(storeCredential(here, ofOwner)).contains(OWN);
    }

    private void setStoreCredential(Project project, Optional<StoreCredential> credential) {
        here.projects()
                .update(
                        project.organizationId(),
                        project.id(),
                        new Projects.Update(
                                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(credential)));
    }

    private static Optional<StoreCredential> storeCredential(Registry registry, String accessKeyId) {
        return registry.credentials().find(accessKeyId).flatMap(c -> c.project().storeCredential());
    }

    @Test
    void ofManyProjectsOnBothGatewaysThatClaimANameOneGetsIt() {
        List<Project> projects =
                IntStream.range(0, 8).mapToObj(i -> project(Optional.empty())).toList();
        List<CompletableFuture<Project>> claims = new ArrayList<>();
        for (int i = 0; i < projects.size(); i++) {
            Project project = projects.get(i);
            claims.add((i % 2 == 0 ? here : there)
                    .buckets()
                    .claim(Admission.lasting(new S3Credential("a", "s", project)), "contested")
                    .thenApply(claimed -> project)
                    .toCompletableFuture());
        }
        List<Project> winners = new ArrayList<>();
        for (CompletableFuture<Project> claim : claims) {
            try {
                winners.add(claim.join());
            } catch (CompletionException e) {
                assertThat(((S3Exception) e.getCause()).error()).isEqualTo(S3Error.BUCKET_ALREADY_EXISTS);
            }
        }
        assertThat(winners).hasSize(1);
        Project winner = winners.get(0);
        here.poll();
        there.poll();
        assertThat(here.buckets().access(winner, "contested")).isEqualTo(Access.OWNED);
        assertThat(there.buckets().access(winner, "contested")).isEqualTo(Access.OWNED);
        Project other =
                projects.stream().filter(p -> !p.equals(winner)).findFirst().orElseThrow();
        assertThat(here.buckets().access(other, "contested")).isEqualTo(Access.FOREIGN);
        assertThat(here.buckets().access(other, "another")).isEqualTo(Access.UNCLAIMED);
    }

    @Test
    void onlyTheOwnerGivesANameBack() {
        Project owner = project(Optional.empty());
        Project other = project(Optional.empty());
        Optional<Buckets.Ending> ending = claim(owner, "b").ending();
        assertThat(claim(owner, "b").ending()).as("of a claim that was there").isEmpty();
        here.buckets()
                .release(other, ending.orElseThrow())
                .toCompletableFuture()
                .join();
        assertThat(here.buckets().access(owner, "b")).isEqualTo(Access.OWNED);
        here.buckets()
                .release(owner, ending.orElseThrow())
                .toCompletableFuture()
                .join();
        assertThat(here.buckets().access(owner, "b")).isEqualTo(Access.UNCLAIMED);
    }

    private Buckets.Claimed claim(Project project, String bucket) {
        return here.buckets()
                .claim(Admission.lasting(new S3Credential("a", "s", project)), bucket)
                .toCompletableFuture()
                .join();
    }

    @Test
    void aBucketIsMixedWhileItsOwnerSaysSo() {
        Project owner = project(Optional.empty());
        claim(owner, "b");
        assertThat(here.buckets().mixed("b")).isFalse();
        here.bucketClaims().setMixed(owner.organizationId(), owner.id(), "b", true);
        assertThat(here.buckets().mixed("b")).isTrue();
        there.poll();
        assertThat(there.buckets().mixed("b")).isTrue();
    }

    @Test
    void aRegisteredKekIsOpenOnBothGatewaysUntilItIsRemoved() {
        Organization organization = here.organizations().create("one");
        ExternalKey key = register(organization);
        Project project = here.projects()
                .create(organization.id(), "p", Optional.of(key.id()), KeyMode.BUCKET_KEY, Optional.empty())
                .project();
        Keks keksThere = there.keks(Optional.empty());
        there.poll();
        assertThat(keksThere.forProject(project)).isPresent();
        assertThat(keksThere.find(project, key.id())).isPresent();
        Project foreign = project(Optional.empty());
        assertThat(keksThere.find(foreign, key.id())).as("another tenant's key").isEmpty();
        assertThat(keksThere.forProject(foreign)).isEmpty();

        assertThatThrownBy(() -> here.externalKeys().remove(organization.id(), key.id()))
                .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.reason())
                        .isEqualTo(RegistryException.Reason.KEY_IN_USE));
        here.projects().archive(organization.id(), project.id());
        here.externalKeys().remove(organization.id(), key.id());
        assertThat(here.keks(Optional.empty()).find(project, key.id())).isEmpty();
        there.poll();
        assertThat(keksThere.find(project, key.id())).isEmpty();
    }

    @Test
    void aProjectWithoutAKeyGetsTheDefaultOneIfThereIsOne() {
        KeySpec spec = Providers.parse("local", Map.of("key_name", "org-x--default"));
        Keks.Registered byDefault = new Keks.Registered("default", opener.open("org-x", spec));
        Project project = project(Optional.empty());
        assertThat(here.keks(Optional.of(byDefault)).forProject(project)).contains(byDefault);
        assertThat(here.keks(Optional.of(byDefault)).find(project, "default")).contains(byDefault);
        assertThat(here.keks(Optional.empty()).forProject(project)).isEmpty();
    }

    @Test
    void oneKekBelongsToOneOrganization() {
        Organization first = here.organizations().create("first");
        Organization second = here.organizations().create("second");
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
        here.externalKeys().register(first.id(), "k", spec);
        here.externalKeys().register(first.id(), "again", spec);
        assertThatThrownBy(() -> there.externalKeys().register(second.id(), "k", sameSpelledOtherwise))
                .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.reason())
                        .isEqualTo(RegistryException.Reason.KEK_TAKEN));
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

    private static String allowing(String action) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"" + action
                + "\",\"Resource\":\"arn:aws:s3:::b/${aws:username}/*\"}]}";
    }

    private static boolean allows(Registry registry, String accessKeyId, String action) {
        Policy policy =
                registry.credentials().find(accessKeyId).orElseThrow().policy().orElseThrow();
        return policy.decide(action, "b/" + accessKeyId + "/k", key -> Optional.empty()) == Decision.ALLOWED;
    }

    @Test
    void aPolicyFollowsItsCredentialOnBothGateways() {
        Project project = project(Optional.empty());
        String id = here.s3Credentials()
                .create(project.organizationId(), project.id(), "reader", Optional.of(allowing("s3:GetObject")))
                .credential()
                .accessKeyId();
        there.poll();
        for (Registry gateway : List.of(here, there)) {
            assertThat(allows(gateway, id, "s3:GetObject")).isTrue();
            assertThat(allows(gateway, id, "s3:PutObject")).isFalse();
        }
        Policy before = there.credentials().find(id).orElseThrow().policy().orElseThrow();
        credential(project);
        there.poll();
        assertThat(there.credentials().find(id).orElseThrow().policy())
                .as("what has not changed is the same object")
                .containsSame(before);

        here.s3Credentials().change(project.organizationId(), project.id(), id, Optional.of(allowing("s3:PutObject")));
        there.poll();
        for (Registry gateway : List.of(here, there)) {
            assertThat(allows(gateway, id, "s3:GetObject")).isFalse();
            assertThat(allows(gateway, id, "s3:PutObject")).isTrue();
        }
        assertThat(here.s3Credentials().find(project.id(), id).orElseThrow().policy())
                .contains(allowing("s3:PutObject"));
        here.s3Credentials().change(project.organizationId(), project.id(), id, Optional.empty());
        there.poll();
        assertThat(there.credentials().find(id).orElseThrow().policy()).isEmpty();
    }

    @Test
    void aRequestUnderWaySeesThePolicyOfTheMoment() {
        Project project = project(Optional.empty());
        S3Credential credential = credential(project);
        there.poll();
        Admission admission = there.buckets().admit(credential);
        assertThat(admission.authority().own()).isEmpty();
        here.s3Credentials()
                .change(
                        project.organizationId(),
                        project.id(),
                        credential.accessKeyId(),
                        Optional.of(allowing("s3:GetObject")));
        there.poll();
        assertThat(admission.authority().own()).isPresent();
    }

    private RegisteredRole role(Project project, String name) {
        return here.s3Roles()
                .create(
                        project.organizationId(),
                        project.id(),
                        new S3Roles.Wanted(
                                name,
                                "{\"issuer\": \"https://i\", \"audience\": \"a\", \"subject\": \"s\"}",
                                Optional.of(allowing("s3:GetObject")),
                                Duration.ofHours(1)));
    }

    private S3Credential taken(Project project, String name) {
        Role role = there.roles().find(project.id(), name).orElseThrow();
        return S3Credential.of(
                "ASIAEXAMPLE", "secret", new AssumedRole(name, role.generation(), "job", Optional.empty()), role);
    }

    @Test
    void whoHasTakenOnARoleLosesItWithTheRoleOnBothGateways() {
        Project project = project(Optional.empty());
        RegisteredRole made = role(project, "ci");
        there.poll();
        Admission admission = there.buckets().admit(taken(project, "ci"));
        admission.requireHolding();
        assertThat(admission.authority().own()).isPresent();

        here.s3Roles().delete(project.id(), made.id());
        there.poll();
        assertThat(there.roles().find(project.id(), "ci")).isEmpty();
        assertThatThrownBy(admission::requireHolding)
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.error()).isEqualTo(S3Error.INVALID_ACCESS_KEY_ID));
        role(project, "ci"); // of the same name and trust, and yet another
        there.poll();
        assertThatThrownBy(admission::requireHolding).isInstanceOf(S3Exception.class);
        there.buckets().admit(taken(project, "ci")).requireHolding();
    }

    @Test
    void whoHasTakenOnARoleIsHeldToItsNewPolicyAndLosesItWithAnotherTrust() {
        Project project = project(Optional.empty());
        RegisteredRole made = role(project, "ci");
        there.poll();
        Admission admission = there.buckets().admit(taken(project, "ci"));
        change(project, made, made.trust(), Optional.empty());
        there.poll();
        admission.requireHolding();
        assertThat(admission.authority().own()).isEmpty();

        change(project, made, made.trust().replace("\"s\"", "\"t\""), Optional.empty());
        there.poll();
        assertThatThrownBy(admission::requireHolding)
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.error()).isEqualTo(S3Error.INVALID_ACCESS_KEY_ID));
        there.buckets().admit(taken(project, "ci")).requireHolding();
    }

    private void change(Project project, RegisteredRole role, String trust, Optional<String> policy) {
        here.s3Roles()
                .change(
                        project.organizationId(),
                        project.id(),
                        role.id(),
                        old -> new RegisteredRole(
                                old.id(), old.projectId(), old.name(), trust, policy, old.longest(), old.createdAt()));
    }

    @Test
    void whoHasTakenOnARoleLosesItWithTheProject() {
        Project project = project(Optional.empty());
        role(project, "ci");
        there.poll();
        Admission admission = there.buckets().admit(taken(project, "ci"));
        here.projects().archive(project.organizationId(), project.id());
        there.poll();
        assertThat(there.roles().find(project.id(), "ci")).isEmpty();
        assertThatThrownBy(admission::requireHolding).isInstanceOf(S3Exception.class);
    }

    @Test
    void aRoleHasANameOfItsOwnInItsProject() {
        Project project = project(Optional.empty());
        role(project, "ci");
        assertThatThrownBy(() -> role(project, "ci"))
                .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.reason())
                        .isEqualTo(RegistryException.Reason.NAME_TAKEN));
        role(project(Optional.empty()), "ci");
    }

    @Test
    void aCredentialWhosePolicyCannotBeReadMayDoNothing() {
        Project project = project(Optional.empty());
        String id = credential(project).accessKeyId();
        String other = credential(project).accessKeyId();
        try (Database raw = Database.open(database.settings().database())) {
            raw.change(handle -> handle.createUpdate(
                            "UPDATE s3_credential SET policy = '{\"Version\":\"2099\"}' WHERE access_key_id = :id")
                    .bind("id", id)
                    .execute());
        }
        here.poll();
        assertThat(here.credentials().find(id)).isEmpty();
        assertThat(here.credentials().find(other)).as("the others go on").isPresent();
    }

    @Test
    void thePoliciesOfAnOrganizationAreBoundedTogether() {
        Project project = project(Optional.empty());
        Optional<String> large = Optional.of(allowing("s3:GetObject") + " ".repeat(20_000));
        String last = "";
        for (int i = 0; i < 52; i++) {
            last = here.s3Credentials()
                    .create(project.organizationId(), project.id(), "c" + i, large)
                    .credential()
                    .accessKeyId();
        }
        String within = last;
        Optional<String> small = Optional.of(allowing("s3:GetObject"));
        assertBeyondQuota(() -> here.s3Credentials().create(project.organizationId(), project.id(), "one more", large));
        here.s3Credentials().change(project.organizationId(), project.id(), within, small);
        String more = here.s3Credentials()
                .create(project.organizationId(), project.id(), "in its place", large)
                .credential()
                .accessKeyId();
        assertBeyondQuota(() -> here.s3Credentials().change(project.organizationId(), project.id(), within, large));
        assertThat(here.s3Credentials().find(project.id(), within).orElseThrow().policy())
                .isEqualTo(small);
        assertThat(allows(here, more, "s3:GetObject")).isTrue();
    }

    @Test
    void aSecretMovedToAnotherRowOpensNothing() {
        Project victim = project(Optional.empty());
        Project attacker = project(Optional.empty());
        String stolen = credential(victim).accessKeyId();
        String own = credential(attacker).accessKeyId();
        try (Database raw = Database.open(database.settings().database())) {
            raw.change(handle -> handle.createUpdate("UPDATE s3_credential SET secret ="
                            + " (SELECT s.secret FROM s3_credential s WHERE s.access_key_id = :stolen)"
                            + " WHERE access_key_id = :own")
                    .bind("stolen", stolen)
                    .bind("own", own)
                    .execute());
        }
        here.poll();
        assertThat(here.credentials().find(own)).isEmpty();
        assertThat(here.credentials().find(stolen)).as("the others go on").isPresent();
    }

    @Test
    void noSecretIsInTheDatabaseInClear() {
        S3Credential credential = credential(project(Optional.empty()));
        setStoreCredential(credential.project(), Optional.of(OWN));
        NewAdminKey admin = here.adminKeys()
                .create(credential.project().organizationId(), "k", AdminKey.Scope.WRITE, new Actor.Gateway());
        try (Database raw = Database.open(database.settings().database())) {
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

    @Test
    void aKeyOfOneProjectIsOfNoOther() {
        Organization organization = here.organizations().create("one");
        Project owner = project(organization);
        Project sibling = project(organization);
        ExternalKey key = here.externalKeys()
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
        Keks keks = here.keks(Optional.empty());
        assertThat(keks.find(owner, key.id())).isPresent();
        assertThat(keks.find(sibling, key.id())).isEmpty();

        Projects.Update give =
                new Projects.Update(Optional.empty(), Optional.of(key.id()), Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> here.projects().update(organization.id(), sibling.id(), give))
                .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.reason())
                        .isEqualTo(RegistryException.Reason.KEY_BOUND));
        assertThatThrownBy(() -> here.projects()
                        .create(organization.id(), "new", Optional.of(key.id()), KeyMode.PER_OBJECT, Optional.empty()))
                .isInstanceOf(RegistryException.class);
        Project given =
                here.projects().update(organization.id(), owner.id(), give).project();
        assertThat(keks.forProject(given)).isPresent();
    }

    @Test
    void everyGatewayIsToldOfAKeyThatIsRemovedOnOne() {
        Set<String> toldHere = ConcurrentHashMap.newKeySet();
        Set<String> toldThere = ConcurrentHashMap.newKeySet();
        here.whenKeyRemoved(toldHere::add);
        there.whenKeyRemoved(toldThere::add);
        Organization organization = here.organizations().create("one");
        ExternalKey removed = register(organization);
        Keks keksThere = there.keks(Optional.empty());
        Project project = project(organization);
        there.poll();
        assertThat(keksThere.find(project, removed.id())).isPresent();

        here.externalKeys().remove(organization.id(), removed.id());

        assertThat(toldHere).containsExactly(removed.id());
        there.poll();
        assertThat(toldThere).containsExactly(removed.id());
    }

    @Test
    void aKeyThatDidNotOpenIsTriedAgainWithoutAnyChange() {
        Organization organization = here.organizations().create("one");
        ExternalKey key = register(organization);
        Project project = project(organization);
        AtomicInteger attempts = new AtomicInteger();
        KekOpener flaky = new KekOpener() {
            @Override
            public Kek open(String organizationId, KeySpec spec) {
                if (attempts.incrementAndGet() <= 2) {
                    throw new IllegalStateException("a file is not there yet");
                }
                return opener.open(organizationId, spec);
            }

            @Override
            public RegistrationCheck check(String organizationId, KeySpec spec, WrapContext context) {
                return opener.check(organizationId, spec, context);
            }
        };
        try (Registry late = Registry.open(database.settings(), flaky, Clock.systemUTC())) {
            late.poll();
            assertThat(late.keks(Optional.empty()).find(project, key.id())).isEmpty();
            late.poll();
            assertThat(late.keks(Optional.empty()).find(project, key.id())).isPresent();
        }
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

    private static void assertBeyondQuota(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.reason())
                        .isEqualTo(RegistryException.Reason.QUOTA_EXCEEDED))
                .hasMessageContaining("may have");
    }

    private Project project(Optional<String> externalKeyId) {
        Organization organization = here.organizations().create("an organization");
        return here.projects()
                .create(organization.id(), "a project", externalKeyId, KeyMode.PER_OBJECT, Optional.empty())
                .project();
    }

    private Project project(Organization organization) {
        return here.projects()
                .create(organization.id(), "a project", Optional.empty(), KeyMode.PER_OBJECT, Optional.empty())
                .project();
    }

    private S3Credential credential(Project project) {
        return here.s3Credentials()
                .create(project.organizationId(), project.id(), "a credential")
                .credential();
    }

    private ExternalKey register(Organization organization) {
        KeySpec spec = Providers.parse("local", Map.of("key_name", organization.id() + "--kek"));
        opener.createKey(spec);
        return here.externalKeys().register(organization.id(), "a key", spec);
    }

    @Test
    void aDenialThatOneGatewayMeetsIsASuspicionToTheOthersOnce() {
        Organization organization = here.organizations().create("denied");
        String key = register(organization).id();
        List<String> toldHere = new ArrayList<>();
        List<String> toldThere = new ArrayList<>();
        here.keyDenials().whenDeniedElsewhere(toldHere::add);
        there.keyDenials().whenDeniedElsewhere(toldThere::add);
        for (int i = 0; i < 100; i++) {
            here.keyDenials().denied(key);
            here.poll();
        }
        there.poll();
        there.keyDenials().denied(key); // which its own round finds
        there.poll();
        here.poll();
        assertThat(toldThere).containsExactly(key);
        assertThat(toldHere).isEmpty();
        here.keyDenials().granted(key);
        there.keyDenials().granted(key);
        there.keyDenials().denied(key);
        there.poll();
        here.poll();
        assertThat(toldHere).containsExactly(key);
        assertThat(toldThere).containsExactly(key);
    }

    @Test
    void denialsOfBothAtOnceReachBoth() {
        String key = register(here.organizations().create("denied")).id();
        List<String> told = new ArrayList<>();
        here.keyDenials().whenDeniedElsewhere(id -> told.add("here"));
        there.keyDenials().whenDeniedElsewhere(id -> told.add("there"));
        here.keyDenials().denied(key);
        there.keyDenials().denied(key);
        here.poll();
        there.poll();
        here.poll();
        assertThat(told).containsExactly("there", "here");
    }

    @Test
    void theRemovalOfAKeyTakesItsDenialsAlong() {
        Organization organization = here.organizations().create("denied");
        String key = register(organization).id();
        here.keyDenials().denied(key);
        here.keyDenials().denied("extkey_nobody_has");
        here.poll();
        here.externalKeys().remove(organization.id(), key);
        List<String> told = new ArrayList<>();
        there.keyDenials().whenDeniedElsewhere(told::add);
        there.poll();
        assertThat(told).isEmpty();
    }
}

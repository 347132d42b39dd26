package io.sealward.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.gateway.policy.BucketPolicy;
import io.sealward.gateway.registry.database.Database;
import io.sealward.gateway.registry.table.Projects;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.tenant.Admission;
import io.sealward.gateway.tenant.Buckets.Access;
import io.sealward.gateway.tenant.Buckets.Claimed;
import io.sealward.gateway.tenant.Buckets.Ending;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.S3Credential;
import io.sealward.gateway.tenant.UnknownSender;
import io.sealward.providers.KeySpec;
import io.sealward.providers.catalog.Providers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may act under a claim of a name, on two gateways of which each hears of the other only when it asks. */
abstract class BucketClaimsTest {
    private static final Duration NEVER = Duration.ofHours(1);

    @TempDir
    Path directory;

    private TestDatabase database;
    private Database direct;
    private KeystoreOpener opener;
    private Registry here;
    private Registry there;

    abstract TestDatabase newDatabase();

    @BeforeEach
    void open() {
        database = newDatabase();
        direct = Database.open(database.settings().database());
        opener = new KeystoreOpener(directory.resolve("keys.bcfks"));
        here = open(NEVER);
        there = open(NEVER);
    }

    private Registry open(Duration lease) {
        RegistrySettings usual = database.settings();
        return Registry.open(
                new RegistrySettings(
                        usual.database(), usual.secrets(), usual.quotas(), NEVER, lease, lease.plusMinutes(1)),
                opener,
                Clock.systemUTC());
    }

    @AfterEach
    void close() {
        if (here != null) {
            here.close();
            there.close();
            opener.close();
            direct.close();
        }
    }

    @Test
    void aNameThatWasGivenBackRestsBeforeAnotherProjectHasIt() {
        S3Credential a = credential();
        S3Credential b = credential();
        claim(here, a);
        give(here, a);
        assertThat(here.buckets().access(a.project(), "b")).isEqualTo(Access.UNCLAIMED);
        assertRefused(S3Error.OPERATION_ABORTED, () -> claim(here, b));
        assertRefused(S3Error.OPERATION_ABORTED, () -> claim(there, b));
        rest();
        claim(there, b);
        assertRefused(S3Error.BUCKET_ALREADY_EXISTS, () -> claim(here, a));
    }

    @Test
    void theRestBeginsWithTheNextWhoAsksIfTheGatewayThatReleasedTheNameIsGone() {
        S3Credential a = credential();
        S3Credential b = credential();
        raw("INSERT INTO released_bucket (name, project_id) VALUES ('b', '"
                + a.project().id() + "')");
        assertRefused(S3Error.OPERATION_ABORTED, () -> claim(here, b));
        rest();
        claim(here, b);
    }

    @Test
    void itsProjectHasANameBackAtOnceUnderAnotherClaim() {
        S3Credential a = credential();
        Admission before = claim(here, a).admission();
        give(here, a);
        Admission after = claim(here, a).admission();
        assertRefused(S3Error.NO_SUCH_BUCKET, before::requireHolding);
        after.requireHolding();
        here.buckets().admit(a, "b").requireHolding();
    }

    @Test
    void anAdmissionEndsWithItsClaimOnEachGatewayWhenItHearsOfIt() {
        S3Credential a = credential();
        claim(here, a);
        ask(there);
        Admission elsewhere = there.buckets().admit(a, "b");
        give(here, a);
        elsewhere.requireHolding();
        ask(there);
        assertRefused(S3Error.NO_SUCH_BUCKET, elsewhere::requireHolding);
    }

    @Test
    void anybodyMayAskForTheRulesOfABucketAsLongAsTheClaimHolds() {
        S3Credential a = credential();
        assertThat(here.buckets().ofAnybody("b")).isEmpty();
        claim(here, a);
        Admission owner = here.buckets().ofAnybody("b").orElseThrow();
        assertThat(owner.project()).isEqualTo(a.project());
        owner.requireHolding();
        give(here, a);
        assertRefused(S3Error.NO_SUCH_BUCKET, owner::requireHolding);
        assertThat(here.buckets().ofAnybody("b")).isEmpty();
    }

    private static BucketPolicy letting(String principal) {
        return BucketPolicy.parse(
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"" + principal
                        + "\"},\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b/*\"}}",
                "b");
    }

    private static void set(Registry gateway, S3Credential owner, BucketPolicy policy) {
        done(gateway.buckets().changePolicy(owner.project(), "b", Optional.of(policy)));
    }

    private static boolean reads(Admission admission) {
        admission.requireHolding();
        return admission.authority().allows("s3:GetObject", "b/k", key -> Optional.empty());
    }

    @Test
    void aPolicyLetsAnotherProjectOfTheOrganizationInOnEachGatewayWhenItHearsOfIt() {
        S3Credential a = credential();
        S3Credential b = besides(a);
        claim(here, a);
        ask(there);
        assertRefused(S3Error.ACCESS_DENIED, () -> there.buckets().admit(b, "b"));
        set(here, a, letting(b.project().id()));
        assertRefused(S3Error.ACCESS_DENIED, () -> there.buckets().admit(b, "b"));
        ask(there);
        Admission admission = there.buckets().admit(b, "b");
        assertThat(reads(admission)).isTrue();
        assertThat(admission.project()).as("whose key seals").isEqualTo(a.project());
        assertThat(admission.sharer()).isEqualTo(b.project().id());

        done(here.buckets().changePolicy(a.project(), "b", Optional.empty()));
        ask(there);
        assertThat(reads(admission)).as("a request under way").isFalse();
        assertRefused(S3Error.ACCESS_DENIED, () -> there.buckets().admit(b, "b"));
    }

    @Test
    void noPolicyLetsAnotherOrganizationIn() {
        S3Credential a = credential();
        S3Credential stranger = credential();
        claim(here, a);
        assertRefused(
                S3Error.MALFORMED_POLICY,
                () -> set(here, a, letting(stranger.project().id())));
        assertRefused(S3Error.MALFORMED_POLICY, () -> set(here, a, letting("proj_nobody")));
        assertRefused(
                S3Error.MALFORMED_POLICY,
                () -> set(here, a, letting("arn:aws:iam::" + a.project().id() + ":user/" + stranger.accessKeyId())));
        set(here, a, letting("*"));
        assertRefused(S3Error.ACCESS_DENIED, () -> here.buckets().admit(stranger, "b"));
        assertThat(reads(here.buckets().admit(UnknownSender.INSTANCE, "b"))).isTrue();
    }

    @Test
    void aPolicyEndsWithTheClaim() {
        S3Credential a = credential();
        S3Credential b = besides(a);
        claim(here, a);
        set(here, a, letting(b.project().id()));
        Admission admission = here.buckets().admit(b, "b");
        give(here, a);
        assertRefused(S3Error.NO_SUCH_BUCKET, admission::requireHolding);
        claim(here, a);
        assertRefused(S3Error.NO_SUCH_BUCKET, admission::requireHolding);
        assertRefused(S3Error.ACCESS_DENIED, () -> here.buckets().admit(b, "b"));
        assertThat(here.buckets().policy("b")).isEmpty();
        give(here, a);
        rest();
        claim(here, b);
        assertThat(here.buckets().policy("b")).isEmpty();
        assertRefused(S3Error.ACCESS_DENIED, () -> set(here, a, letting("*")));
    }

    @Test
    void aPolicyLetsNobodyInWhoseCredentialOrProjectIsGoneNorIntoAnArchivedOne() {
        S3Credential a = credential();
        S3Credential b = besides(a);
        S3Credential c = besides(a);
        claim(here, a);
        set(here, a, letting("*"));
        Admission ofB = here.buckets().admit(b, "b");
        Admission ofC = here.buckets().admit(c, "b");
        here.s3Credentials().revoke(b.project().id(), b.accessKeyId());
        assertRefused(S3Error.INVALID_ACCESS_KEY_ID, ofB::requireHolding);
        ofC.requireHolding();
        here.projects().archive(a.project().organizationId(), a.project().id());
        assertRefused(S3Error.ACCESS_DENIED, ofC::requireHolding);
        assertRefused(S3Error.ACCESS_DENIED, () -> here.buckets().admit(c, "b"));
        assertRefused(S3Error.ACCESS_DENIED, () -> here.buckets().admit(UnknownSender.INSTANCE, "b"));
    }

    @Test
    void aPolicyThatCannotBeReadClosesTheBucket() {
        S3Credential a = credential();
        claim(here, a);
        raw("UPDATE bucket SET policy = '{\"Version\":\"2099\"}'");
        ask(here);
        Admission admission = here.buckets().admit(a, "b");
        assertThat(reads(admission)).isFalse();
        assertThat(admission.authority().allows("s3:PutBucketPolicy", "b", key -> Optional.empty()))
                .isTrue();
    }

    private S3Credential besides(S3Credential other) {
        Project project = here.projects()
                .create(
                        other.project().organizationId(),
                        "beside",
                        Optional.empty(),
                        KeyMode.PER_OBJECT,
                        Optional.empty())
                .project();
        return here.s3Credentials()
                .create(project.organizationId(), project.id(), "c")
                .credential();
    }

    @Test
    void anAdmissionEndsWithItsCredential() {
        S3Credential a = credential();
        Admission admission = here.buckets().admit(a);
        here.s3Credentials().revoke(a.project().id(), a.accessKeyId());
        assertRefused(S3Error.INVALID_ACCESS_KEY_ID, admission::requireHolding);
    }

    @Test
    void anAdmissionEndsWithItsProject() {
        S3Credential a = credential();
        Admission admission = claim(here, a).admission();
        admission.requireHolding();
        here.projects().archive(a.project().organizationId(), a.project().id());
        assertRefused(S3Error.INVALID_ACCESS_KEY_ID, admission::requireHolding);
    }

    @Test
    void nothingIsStoredUnderTheDefaultKeyOnceAProjectHasOneOfItsOwn() {
        S3Credential a = credential();
        Admission admission = claim(here, a).admission();
        String organization = a.project().organizationId();
        KeySpec spec = Providers.parse("local", Map.of("key_name", organization + "--k"));
        opener.createKey(spec);
        String key = here.externalKeys().register(organization, "k", spec).id();
        admission.requireHolding();
        here.projects()
                .update(
                        organization,
                        a.project().id(),
                        new Projects.Update(Optional.empty(), Optional.of(key), Optional.empty(), Optional.empty()));
        assertRefused(S3Error.SLOW_DOWN, admission::requireHolding);
    }

    @Test
    void aGatewayThatDoesNotHearFromTheDatabaseEndsAllAdmissionsWithItsLease() {
        S3Credential a = credential();
        claim(here, a);
        try (Registry alone = open(Duration.ZERO)) {
            assertRefused(S3Error.SERVICE_UNAVAILABLE, () -> alone.buckets().admit(a, "b"));
            assertRefused(S3Error.SERVICE_UNAVAILABLE, alone.buckets().admit(a)::requireHolding);
        }
    }

    @Test
    void aBucketThatWasCreatedDuringItsDeletionKeepsItsName() {
        S3Credential a = credential();
        Ending ofCreation = claim(here, a).ending().orElseThrow();
        done(here.buckets().created(a.project(), "b"));
        done(here.buckets().release(a.project(), ofCreation));
        assertThat(here.buckets().access(a.project(), "b")).isEqualTo(Access.OWNED);

        Ending ofDeletion = done(there.buckets().ending(a.project(), "b"));
        assertThat(done(here.buckets().ending(a.project(), "b")))
                .as("two deletions at once")
                .isEqualTo(ofDeletion);
        done(here.buckets().created(a.project(), "b"));
        done(there.buckets().release(a.project(), ofDeletion));
        assertThat(there.buckets().access(a.project(), "b")).isEqualTo(Access.OWNED);
    }

    @Test
    void aBucketThatWasCreatedAfterItsNameWasGivenBackHasItAgain() {
        S3Credential a = credential();
        claim(here, a);
        give(there, a);
        done(here.buckets().created(a.project(), "b"));
        assertThat(here.buckets().access(a.project(), "b")).isEqualTo(Access.OWNED);
    }

    @Test
    void aProjectThatNoMoreOwnsANameIsToldSoWhenItDeletesTheBucket() {
        S3Credential a = credential();
        claim(here, a);
        ask(there);
        give(here, a);
        assertRefused(S3Error.NO_SUCH_BUCKET, () -> done(there.buckets().ending(a.project(), "b")));
    }

    /** Names rest for longer than the lease: so each gateway has asked, or refuses, before another project has the name. */
    @Test
    void howeverGatewaysAndProjectsInterleaveOneProjectAtATimeActsUnderAName() {
        List<S3Credential> tenants = List.of(credential(), credential(), credential());
        for (int seed = 0; seed < 15; seed++) {
            assertThat(mostAtOnce(tenants, new Random(seed), true))
                    .as("seed %s", seed)
                    .isLessThanOrEqualTo(1);
        }
    }

    @Test
    void withoutTheRestTwoWould() {
        List<S3Credential> tenants = List.of(credential(), credential(), credential());
        Random random = new Random(7);
        assertThat(IntStream.range(0, 40).anyMatch(run -> mostAtOnce(tenants, random, false) > 1))
                .isTrue();
    }

    /** How many projects' admissions held at one moment, at most. */
    private int mostAtOnce(List<S3Credential> tenants, Random random, boolean resting) {
        List<Registry> gateways = List.of(here, there);
        List<Admission> admissions = new ArrayList<>();
        int most = 0;
        raw("DELETE FROM bucket");
        raw("DELETE FROM released_bucket");
        gateways.forEach(this::ask);
        for (int step = 0; step < 25; step++) {
            Registry gateway = gateways.get(random.nextInt(2));
            S3Credential tenant = tenants.get(random.nextInt(3));
            try {
                switch (random.nextInt(5)) {
                    case 0, 1 -> admissions.add(claim(gateway, tenant).admission());
                    case 2 -> give(gateway, tenant);
                    case 3 -> admissions.add(gateway.buckets().admit(tenant, "b"));
                    default -> {
                        if (resting) {
                            gateways.forEach(this::ask);
                        }
                        rest();
                    }
                }
            } catch (S3Exception | CompletionException e) {
                // refused, as it may be
            }
            most = Math.max(most, (int) admissions.stream()
                    .filter(BucketClaimsTest::holds)
                    .map(admission -> admission.project().id())
                    .distinct()
                    .count());
        }
        return most;
    }

    private static boolean holds(Admission admission) {
        try {
            admission.requireHolding();
            return true;
        } catch (S3Exception e) {
            return false;
        }
    }

    private Claimed claim(Registry gateway, S3Credential credential) {
        return done(gateway.buckets().claim(Admission.lasting(credential), "b"));
    }

    private static void give(Registry gateway, S3Credential credential) {
        done(gateway.buckets()
                .release(credential.project(), done(gateway.buckets().ending(credential.project(), "b"))));
    }

    /** Makes a gateway ask the database what is new: with any change. */
    private void ask(Registry gateway) {
        gateway.organizations().create("any");
    }

    /** Lets all names have rested. */
    private void rest() {
        raw("UPDATE released_bucket SET released_at = 0");
    }

    private void raw(String sql) {
        direct.append(handle -> handle.execute(sql));
    }

    private S3Credential credential() {
        Project project = here.projects()
                .create(
                        here.organizations().create("one").id(),
                        "p",
                        Optional.empty(),
                        KeyMode.PER_OBJECT,
                        Optional.empty())
                .project();
        return here.s3Credentials()
                .create(project.organizationId(), project.id(), "c")
                .credential();
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static void assertRefused(S3Error error, Runnable action) {
        assertThatThrownBy(action::run)
                .extracting(e -> e instanceof CompletionException ? e.getCause() : e)
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.error()).isEqualTo(error));
    }
}

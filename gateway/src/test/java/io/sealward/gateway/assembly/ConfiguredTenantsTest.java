package io.sealward.gateway.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.config.ProjectConfig;
import io.sealward.gateway.tenant.Buckets.Access;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.StoreCredential;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfiguredTenantsTest {
    private final ConfiguredTenants tenants = new ConfiguredTenants(
            List.of(
                    project("proj_a", List.of("a-*", "one"), List.of("a-old", "b-data")),
                    project("proj_b", List.of("b-*"), List.of())),
            Optional.empty());

    @Test
    void aProjectOwnsItsNamesAndBeginnings() {
        assertThat(access("proj_a", "one")).isEqualTo(Access.OWNED);
        assertThat(access("proj_a", "a-1")).isEqualTo(Access.OWNED);
        assertThat(access("proj_a", "one-more")).isEqualTo(Access.FOREIGN);
        assertThat(access("proj_b", "a-1")).isEqualTo(Access.FOREIGN);
    }

    @Test
    void aProjectHasItsOwnCredentialAtTheStoreOrNone() {
        ConfiguredTenants two = new ConfiguredTenants(
                List.of(
                        ProjectConfig.of("org-1", "proj_a", "a", "s").withStore("own-user", "own-secret"),
                        ProjectConfig.of("org-1", "proj_b", "b", "s")),
                Optional.empty());
        assertThat(two.find("a").orElseThrow().project().storeCredential())
                .contains(new StoreCredential("own-user", "own-secret"));
        assertThat(two.find("b").orElseThrow().project().storeCredential()).isEmpty();
    }

    @Test
    void theOwnerOfABucketSpeaksForItsRules() {
        ConfiguredTenants two = new ConfiguredTenants(
                List.of(
                        ProjectConfig.of("org-1", "proj_a", "a", "s").withBuckets(List.of("a-*")),
                        ProjectConfig.of("org-1", "proj_b", "b", "s").withBuckets(List.of("b-*"))),
                Optional.empty());
        assertThat(two.ofAnybody("b-1").orElseThrow().project().id()).isEqualTo("proj_b");
        assertThat(two.ofAnybody("c")).isEmpty();
    }

    @Test
    void toTakeAwayAPolicyThatIsNotThereChangesNothing() {
        Project project = new Project("org-1", "proj_a", Optional.empty(), KeyMode.PER_OBJECT, Optional.empty());
        assertThat(tenants.changePolicy(project, "a-1", Optional.empty()).toCompletableFuture())
                .isCompleted();
    }

    @Test
    void onlyItsOwnerMakesABucketMixed() {
        assertThat(tenants.mixed("a-old")).isTrue();
        assertThat(tenants.mixed("a-new")).isFalse();
        assertThat(tenants.mixed("b-data")).isFalse();
    }

    private Access access(String project, String bucket) {
        return tenants.access(
                new Project("org-1", project, Optional.empty(), KeyMode.PER_OBJECT, Optional.empty()), bucket);
    }

    private static ProjectConfig project(String id, List<String> buckets, List<String> mixed) {
        return new ProjectConfig(
                "org-1", id, KeyMode.PER_OBJECT, List.of(), List.of(), Optional.empty(), buckets, List.of(), mixed);
    }
}

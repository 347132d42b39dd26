package io.sealward.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.tenant.Admission;
import io.sealward.gateway.tenant.Buckets;
import io.sealward.gateway.tenant.Buckets.Access;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.S3Credential;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Names of buckets, on both gateways. */
interface BucketCases extends TwoGateways {
    @Test
    default void ofManyProjectsOnBothGatewaysThatClaimANameOneGetsIt() {
        List<Project> projects =
                IntStream.range(0, 8).mapToObj(i -> project(Optional.empty())).toList();
        List<CompletableFuture<Project>> claims = new ArrayList<>();
        for (int i = 0; i < projects.size(); i++) {
            Project project = projects.get(i);
            claims.add((i % 2 == 0 ? here() : there())
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
        here().poll();
        there().poll();
        assertThat(here().buckets().access(winner, "contested")).isEqualTo(Access.OWNED);
        assertThat(there().buckets().access(winner, "contested")).isEqualTo(Access.OWNED);
        Project other =
                projects.stream().filter(p -> !p.equals(winner)).findFirst().orElseThrow();
        assertThat(here().buckets().access(other, "contested")).isEqualTo(Access.FOREIGN);
        assertThat(here().buckets().access(other, "another")).isEqualTo(Access.UNCLAIMED);
    }

    @Test
    default void onlyTheOwnerGivesANameBack() {
        Project owner = project(Optional.empty());
        Project other = project(Optional.empty());
        Optional<Buckets.Ending> ending = claim(owner, "b").ending();
        assertThat(claim(owner, "b").ending()).as("of a claim that was there").isEmpty();
        here().buckets()
                .release(other, ending.orElseThrow())
                .toCompletableFuture()
                .join();
        assertThat(here().buckets().access(owner, "b")).isEqualTo(Access.OWNED);
        here().buckets()
                .release(owner, ending.orElseThrow())
                .toCompletableFuture()
                .join();
        assertThat(here().buckets().access(owner, "b")).isEqualTo(Access.UNCLAIMED);
    }

    private Buckets.Claimed claim(Project project, String bucket) {
        return here().buckets()
                .claim(Admission.lasting(new S3Credential("a", "s", project)), bucket)
                .toCompletableFuture()
                .join();
    }

    @Test
    default void aBucketIsMixedWhileItsOwnerSaysSo() {
        Project owner = project(Optional.empty());
        claim(owner, "b");
        assertThat(here().buckets().mixed("b")).isFalse();
        here().bucketClaims().setMixed(owner.organizationId(), owner.id(), "b", true);
        assertThat(here().buckets().mixed("b")).isTrue();
        there().poll();
        assertThat(there().buckets().mixed("b")).isTrue();
    }
}

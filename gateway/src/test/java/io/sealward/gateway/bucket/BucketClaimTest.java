package io.sealward.gateway.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.loopback.LoopbackGateway;
import io.sealward.gateway.loopback.LoopbackSockets;
import io.sealward.gateway.loopback.LoopbackStore;
import io.sealward.gateway.loopback.RawClient;
import io.sealward.gateway.policy.BucketPolicy;
import io.sealward.gateway.tenant.Admission;
import io.sealward.gateway.tenant.Buckets;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.S3Credential;
import io.sealward.gateway.tenant.Sender;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who owns a name when creating or deleting its bucket goes wrong. */
class BucketClaimTest {
    private static final LoopbackStore.Script ABSENT = call -> call.respond(404, Map.of(), new byte[0]);

    /** Names as the database has them, behind a snapshot that never hears of them. */
    private record LateSnapshot(Set<String> taken) implements Buckets {
        @Override
        public Access access(Project project, String bucket) {
            return Access.UNCLAIMED;
        }

        @Override
        public boolean mixed(String bucket) {
            return false;
        }

        @Override
        public Optional<Admission> ofAnybody(String bucket) {
            return Optional.empty();
        }

        @Override
        public Admission admit(S3Credential credential) {
            return Admission.lasting(credential);
        }

        @Override
        public Admission admit(Sender sender, String bucket) {
            return admit((S3Credential) sender);
        }

        @Override
        public Optional<BucketPolicy> policy(String bucket) {
            return Optional.empty();
        }

        @Override
        public CompletionStage<Void> changePolicy(Project project, String bucket, Optional<BucketPolicy> policy) {
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<Claimed> claim(Admission asking, String bucket) {
            Optional<Ending> ending = Optional.of(new Ending(bucket, "mark")).filter(newlyTaken -> taken.add(bucket));
            return CompletableFuture.completedStage(new Claimed(asking, ending));
        }

        @Override
        public CompletionStage<Void> created(Project project, String bucket) {
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<Ending> ending(Project project, String bucket) {
            return CompletableFuture.completedStage(new Ending(bucket, "mark"));
        }

        @Override
        public CompletionStage<Void> release(Project project, Ending ending) {
            taken.remove(ending.bucket());
            return CompletableFuture.completedStage(null);
        }
    }

    private final Set<String> taken = ConcurrentHashMap.newKeySet();
    private final LoopbackStore store = new LoopbackStore(call -> call.error(500, "InternalError"));
    private final LoopbackGateway gateway = new LoopbackGateway(
            store, LoopbackGateway.Options.usual(), LoopbackSockets.counted(), new LateSnapshot(taken));
    private final RawClient client = gateway.connect();

    @AfterEach
    void stop() {
        gateway.close();
        store.close();
    }

    private RawClient.Answer ask(String method) {
        return ask(method, "");
    }

    private RawClient.Answer ask(String method, String body) {
        return client.send(method + " /data HTTP/1.1\r\nHost: gateway\r\nContent-Length: " + body.length() + "\r\n\r\n"
                        + body)
                .answer();
    }

    private static String inRegion(String region) {
        return "<CreateBucketConfiguration><LocationConstraint>" + region
                + "</LocationConstraint></CreateBucketConfiguration>";
    }

    @Test
    void aNewBucketIsTheProjects() {
        store.next(ABSENT).next(call -> {
            assertThat(taken).contains("data");
            call.respond(200, Map.of(), new byte[0]);
        });
        assertThat(ask("PUT").status()).isEqualTo(200);
        assertThat(taken).containsExactly("data");
    }

    @Test
    void theNameThatS3HasForNoRegionIsNotPassedOn() {
        store.next(ABSENT).next(call -> {
            assertThat(call.headers()).doesNotContainKey("transfer-encoding").containsEntry("content-length", "0");
            call.respond(200, Map.of(), new byte[0]);
        });
        assertThat(ask("PUT", inRegion("us-east-1")).status()).isEqualTo(200);
    }

    @Test
    void anyOtherRegionIsTheStoresToJudge() {
        store.next(ABSENT).next(call -> {
            assertThat(new String(call.body(), UTF_8)).contains("<LocationConstraint>eu-west-1</LocationConstraint>");
            call.respond(200, Map.of(), new byte[0]);
        });
        assertThat(ask("PUT", inRegion("eu-west-1")).status()).isEqualTo(200);
    }

    private RawClient.Answer create(String header) {
        return client.send("PUT /data HTTP/1.1\r\nHost: gateway\r\n" + header + "\r\nContent-Length: 0\r\n\r\n")
                .answer();
    }

    @Test
    void aLockIsAskedOfTheStoreAndNoLockIsNoWord() {
        store.next(ABSENT).next(call -> {
            assertThat(call.headers()).containsEntry("x-amz-bucket-object-lock-enabled", "true");
            call.respond(200, Map.of(), new byte[0]);
        });
        assertThat(create("x-amz-bucket-object-lock-enabled: True").status()).isEqualTo(200);
        store.next(ABSENT).next(call -> {
            assertThat(call.headers()).doesNotContainKey("x-amz-bucket-object-lock-enabled");
            call.respond(200, Map.of(), new byte[0]);
        });
        assertThat(create("x-amz-bucket-object-lock-enabled: false").status()).isEqualTo(200);
    }

    @Test
    void anOwnershipUnderWhichAclsCountIsRefusedBeforeANameIsTaken() {
        assertThat(create("x-amz-object-ownership: ObjectWriter").text()).contains("<Code>InvalidArgument</Code>");
        assertThat(create("x-amz-acl: public-read").text()).contains("<Code>AccessControlListNotSupported</Code>");
        assertThat(taken).isEmpty();
        assertThat(store.requests()).isEmpty();
        store.next(ABSENT).next(call -> call.respond(200, Map.of(), new byte[0]));
        assertThat(create("x-amz-object-ownership: BucketOwnerEnforced").status())
                .isEqualTo(200);
    }

    @Test
    void aBucketThatIsThereIsNotTaken() {
        store.next(call -> call.respond(200, Map.of(), new byte[0]));
        assertThat(ask("PUT").text()).contains("<Code>BucketAlreadyExists</Code>");
        assertThat(taken).isEmpty();
    }

    @Test
    void asksThatComeSecondLeaveTheNameWithTheFirst() {
        taken.add("data"); // by another node, a moment ago
        store.next(call -> call.respond(200, Map.of(), new byte[0]));
        assertThat(ask("PUT").text()).contains("<Code>BucketAlreadyExists</Code>");
        assertThat(taken).containsExactly("data");
        store.next(ABSENT).next(call -> call.error(400, "InvalidLocationConstraint"));
        assertThat(ask("PUT").text()).contains("<Code>InvalidLocationConstraint</Code>");
        assertThat(taken).containsExactly("data");
    }

    @Test
    void aNameIsGivenBackWhenTheStoreRefusesIt() {
        store.next(ABSENT).next(call -> call.error(400, "InvalidLocationConstraint"));
        assertThat(ask("PUT").status()).isEqualTo(400);
        assertThat(taken).isEmpty();
    }

    @Test
    void aNameIsKeptWhenAnotherRequestHasMadeTheBucket() {
        store.next(ABSENT).next(call -> call.error(409, "BucketAlreadyOwnedByYou"));
        assertThat(ask("PUT").status()).isEqualTo(409);
        assertThat(taken).containsExactly("data");
    }

    @Test
    void aNameIsKeptWhenTheAnswerIsLost() {
        store.next(ABSENT).next(LoopbackStore.Call::hangUp).next(LoopbackStore.Call::hangUp);
        assertThat(ask("PUT").status()).isEqualTo(503);
        assertThat(taken).containsExactly("data");
    }

    @Test
    void aBucketThatIsGoneGivesItsNameBack() {
        taken.add("data");
        store.next(call -> call.error(409, "BucketNotEmpty"));
        assertThat(ask("DELETE").status()).isEqualTo(409);
        assertThat(taken).containsExactly("data");
        store.next(call -> call.error(404, "NoSuchBucket"));
        assertThat(ask("DELETE").text()).contains("<Code>NoSuchBucket</Code>");
        assertThat(taken).isEmpty();
    }
}

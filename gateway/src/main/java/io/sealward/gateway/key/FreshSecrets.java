package io.sealward.gateway.key;

import io.sealward.crypto.key.WrappingSecret;
import io.sealward.gateway.tenant.Keks;
import io.sealward.gateway.tenant.Project;
import io.sealward.providers.StageFailure;
import io.sealward.providers.WrappedSecret;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;

/**
 * Secrets for new objects, each wrapped by the KEK, and proven where it is due: unwrapped before anything is sealed with it.
 * Thread-safe. Who gets one closes it.
 */
final class FreshSecrets {
    private record BucketKey(String projectId, String bucket, String externalKeyId) {}

    private final KekCalls calls;
    private final KeyGroups groups;
    private final SecureRandom random;
    private final SharedCalls<BucketKey> wraps = new SharedCalls<>();
    private final ConcurrentMap<BucketKey, Wrapping> bucketWrappings = new ConcurrentHashMap<>();

    FreshSecrets(KekCalls calls, KeyGroups groups, SecureRandom random) {
        this.calls = calls;
        this.groups = groups;
        this.random = random;
    }

    /** One of its own. */
    CompletionStage<HeldSecret> ofObject(Project project, Keks.Registered kek, KekCalled.Subject subject) {
        return wrap(project, kek, subject, groups::proofDue);
    }

    /** The one that objects of the bucket share, as long as it is in memory. */
    CompletionStage<HeldSecret> ofBucket(
            Project project, Keks.Registered kek, String bucket, KekCalled.Subject subject) {
        BucketKey id = new BucketKey(project.id(), bucket, kek.externalKeyId());
        return Optional.ofNullable(bucketWrappings.get(id))
                .flatMap(groups::find)
                .map(CompletableFuture::completedStage)
                .orElseGet(() -> wraps.join(
                        id, () -> wrap(project, kek, subject, groups::proves).thenApply(wrapped -> {
                            bucketWrappings.put(id, wrapped.wrapping());
                            return wrapped;
                        })));
    }

    /** @param proofDue whether it is to be unwrapped before it is used */
    private CompletionStage<HeldSecret> wrap(
            Project project, Keks.Registered kek, KekCalled.Subject subject, Predicate<KeyGroup.Id> proofDue) {
        WrappingSecret plain = WrappingSecret.generate(random);
        byte[] bytes = plain.bytes();
        Asked asked = groups.asking();
        CompletionStage<WrappedSecret> wrapped = calls.wrap(project, kek, bytes, subject);
        Arrays.fill(bytes, (byte) 0);
        return wrapped.thenCompose(done -> {
                    HeldSecret secret =
                            new HeldSecret(new Wrapping(project, kek, done, subject.context()), plain, asked);
                    return proofDue.test(secret.wrapping().group())
                            ? proven(secret, subject)
                            : CompletableFuture.completedStage(secret);
                })
                .thenApply(secret -> {
                    groups.keep(secret.copy());
                    return secret;
                })
                .whenComplete((secret, failure) -> {
                    if (failure != null) {
                        plain.destroy();
                    }
                });
    }

    /** A KMS that wraps wrongly would lose all that is sealed with it. */
    private CompletionStage<HeldSecret> proven(HeldSecret secret, KekCalled.Subject subject) {
        Wrapping wrapping = secret.wrapping();
        byte[] plain = secret.plain().bytes();
        return calls.prove(wrapping, plain, subject).handle((proven, failure) -> {
            Arrays.fill(plain, (byte) 0);
            if (failure != null) {
                groups.distrust(wrapping.group());
                throw new CompletionException(StageFailure.cause(failure));
            }
            return secret;
        });
    }

    /** Forgets those that are in memory no more. */
    void tend() {
        bucketWrappings.values().removeIf(wrapping -> {
            Optional<HeldSecret> kept = groups.find(wrapping);
            kept.ifPresent(HeldSecret::close);
            return kept.isEmpty();
        });
    }
}

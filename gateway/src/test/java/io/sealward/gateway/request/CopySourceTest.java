package io.sealward.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.loopback.OwnBuckets;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.sigv4.PayloadPolicy;
import io.sealward.gateway.sigv4.RequestTarget;
import io.sealward.gateway.tenant.Admission;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.S3Credential;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Who may read what is copied. */
class CopySourceTest {
    private static final Rights RIGHTS =
            Rights.inOwnBucket("s3:PutObject").readingSource("s3:GetObject", "s3:GetObjectVersion");
    private static final S3Credential CREDENTIAL = new S3Credential(
            "access", "secret", new Project("org-1", "proj_1", Optional.empty(), KeyMode.PER_OBJECT, Optional.empty()));

    /** Allows one thing. */
    private record MayRead(Place object) implements Permissions {
        @Override
        public boolean allow(List<String> actions, Place place) {
            throw new AssertionError("it is about another object");
        }

        @Override
        public CompletionStage<Admission> toRead(
                Admission claim, Place place, Optional<String> versionId, List<String> actions) {
            return actions.equals(List.of("s3:GetObject")) && place.equals(object)
                    ? CompletableFuture.completedStage(claim)
                    : CompletableFuture.failedStage(new S3Exception(S3Error.ACCESS_DENIED));
        }
    }

    private static CompletableFuture<S3Request> read(String source) {
        S3Request copy = new S3Request(
                HttpMethod.PUT,
                new Place("target", "b"),
                new RequestTarget("/target/b", List.of()),
                new DefaultHttpHeaders().set(CopySource.HEADER, source),
                Admission.lasting(CREDENTIAL),
                new MayRead(new Place("source", "a")),
                new PayloadPolicy.Unsigned());
        return CopySource.of(copy, RIGHTS, OwnBuckets.mixed(Set.of())).toCompletableFuture();
    }

    @Test
    void theSenderMustBeAllowedToReadTheVeryObject() {
        assertThat(read("source/a").join().place()).isEqualTo(new Place("source", "a"));
        for (String other : List.of("source/b", "target/a", "source/a?versionId=1")) {
            assertThatThrownBy(() -> read(other).join())
                    .hasCauseInstanceOf(S3Exception.class)
                    .hasMessageContaining("Access Denied");
        }
    }
}

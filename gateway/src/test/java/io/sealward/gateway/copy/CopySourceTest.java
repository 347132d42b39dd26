package io.sealward.gateway.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.loopback.OwnBuckets;
import io.sealward.gateway.request.Permissions;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.request.Rights;
import io.sealward.gateway.request.S3Request;
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
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Who may read what is copied. */
class CopySourceTest {
    private static final Rights RIGHTS =
            Rights.inOwnBucket("s3:PutObject").readingSource("s3:GetObject", "s3:GetObjectVersion");
    private static final S3Credential CREDENTIAL = new S3Credential(
            "access", "secret", new Project("org-1", "proj_1", Optional.empty(), KeyMode.PER_OBJECT, Optional.empty()));

    private static S3Request read(String source, Permissions permissions) {
        S3Request copy = new S3Request(
                HttpMethod.PUT,
                new Place("target", "b"),
                new RequestTarget("/target/b", List.of()),
                new DefaultHttpHeaders().set(CopySource.HEADER, source),
                Admission.lasting(CREDENTIAL),
                permissions,
                new PayloadPolicy.Unsigned());
        return CopySource.of(copy, RIGHTS, OwnBuckets.mixed(Set.of()));
    }

    private static boolean mayRead(List<String> actions, Place place) {
        return actions.equals(List.of("s3:GetObject")) && place.equals(new Place("source", "a"));
    }

    @Test
    void theSenderMustBeAllowedToReadTheVeryObject() {
        assertThat(read("source/a", CopySourceTest::mayRead).place()).isEqualTo(new Place("source", "a"));
        for (String other : List.of("source/b", "target/a", "source/a?versionId=1")) {
            assertThatThrownBy(() -> read(other, CopySourceTest::mayRead))
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.error()).isEqualTo(S3Error.ACCESS_DENIED));
        }
    }

    @Test
    void whatIsTakenAwayMeanwhileEndsTheCopy() {
        AtomicBoolean allowed = new AtomicBoolean(true);
        S3Request read = read("source/a", (actions, place) -> allowed.get());
        Admission both = Admission.lasting(CREDENTIAL).whileHolding(read.admission());
        both.requireHolding();
        allowed.set(false);
        assertThatThrownBy(both::requireHolding)
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("s3:GetObject on resource: \"arn:aws:s3:::source/a\"");
    }
}

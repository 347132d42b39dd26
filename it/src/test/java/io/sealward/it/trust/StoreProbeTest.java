package io.sealward.it.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.doctor.Doctor;
import io.sealward.gateway.doctor.Finding;
import io.sealward.it.stack.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;

/** What the doctor finds of the store: nothing that would lose what a client was told is stored. */
class StoreProbeTest {
    @RegisterExtension
    static final Stack STACK = Stack.http();

    @Test
    void aWriteThatBreaksOffInsideItsBodyChangesNothing() throws Exception {
        List<Finding> findings = new ArrayList<>();
        Doctor.probe(STACK.config(), Optional.empty(), findings::add);
        assertThat(findings).hasSize(2).allSatisfy(found -> assertThat(found.verdict())
                .as(found.subject() + ": " + found.remark())
                .isEqualTo(Finding.Verdict.WELL));
        String bucket = STACK.bucket();
        Doctor.probe(STACK.config(), Optional.of(bucket), found -> {});
        try (S3Client behind = STACK.behind()) {
            assertThat(behind.listObjectsV2(r -> r.bucket(bucket)).contents()).isEmpty();
            assertThat(behind.listBuckets().buckets())
                    .extracting(Bucket::name)
                    .noneMatch(name -> name.startsWith("sealward-probe-"));
        }
    }
}

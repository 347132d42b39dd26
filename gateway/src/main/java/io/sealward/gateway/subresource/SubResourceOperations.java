package io.sealward.gateway.subresource;

import io.sealward.gateway.document.Documents;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.tenant.Buckets;
import io.sealward.gateway.tenant.Keks;
import java.util.List;
import java.util.stream.Stream;

/** The operations of this package. */
public final class SubResourceOperations {
    private SubResourceOperations() {}

    /**
     * Builds them.
     *
     * @param keks of which one is told to be what a bucket is encrypted under
     * @param buckets where their policies are kept
     */
    public static List<Operation> all(Documents documents, Keks keks, Buckets buckets) {
        return Stream.of(
                        StoreDocuments.all(documents),
                        StandingAnswers.all(documents, keks),
                        BucketPolicies.all(documents, buckets))
                .flatMap(List::stream)
                .toList();
    }
}

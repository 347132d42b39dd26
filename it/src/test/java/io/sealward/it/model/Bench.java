package io.sealward.it.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sealward.it.store.S3Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A bucket, the model of it, and what two writers have under way. */
final class Bench {
    static final List<String> KEYS = List.of("a", "b/c", "b/d e+%", "ü/日本");

    /** An upload in parts that is not completed. */
    record Upload(String key, String id, String note, Map<Integer, Part> parts) {
        Upload(String key, String id, String note) {
            this(key, id, note, new TreeMap<>());
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    record Part(byte[] bytes, String etag) {}

    private final S3Client client;
    private final S3Target target;
    private final String bucket;
    private final boolean versions;
    private final Model model = new Model();
    private final Map<Integer, Upload> uploads = new HashMap<>();
    private final Map<Integer, SlowPuts.Begun> slow = new HashMap<>();
    private boolean hadSlowPuts;

    /** @param versions whether the bucket keeps them */
    Bench(S3Client client, S3Target target, String bucket, boolean versions) {
        this.client = client;
        this.target = target;
        this.bucket = bucket;
        this.versions = versions;
    }

    S3Client client() {
        return client;
    }

    S3Target target() {
        return target;
    }

    String bucket() {
        return bucket;
    }

    boolean versions() {
        return versions;
    }

    Model model() {
        return model;
    }

    /** By writer. */
    Map<Integer, Upload> uploads() {
        return uploads;
    }

    /** What a writer has half sent. */
    Optional<SlowPuts.Begun> takeSlow(int writer) {
        return Optional.ofNullable(slow.remove(writer));
    }

    void began(int writer, SlowPuts.Begun put) {
        slow.put(writer, put);
        hadSlowPuts = true;
    }

    boolean hadSlowPuts() {
        return hadSlowPuts;
    }

    static String key(int index) {
        return KEYS.get(index);
    }

    /** Writes down an object that a writer has been told of. */
    void wrote(String key, String versionId, byte[] bytes, List<Integer> parts, String etag, String note) {
        assertThat(etag).isNotBlank().doesNotContainPattern("^\"?[0-9a-f]{32}\"?$");
        assertThat(versionId != null).isEqualTo(versions);
        model.put(key, new Model.Version(versions ? versionId : "", Optional.of(bytes), parts, etag, note));
    }

    /** Asks, and must be answered so: with a value where that is a success, else with an error of this status. */
    static <T> Optional<T> asked(int status, Supplier<T> request) {
        if (status < 300) {
            return Optional.of(request.get());
        }
        refused(request, status);
        return Optional.empty();
    }

    /** Asks, and must be answered with an error of one of these. */
    static void refused(Supplier<?> request, Integer... statuses) {
        S3Exception refused = catchThrowableOfType(S3Exception.class, request::get);
        assertThat(refused).as("an error %s", List.of(statuses)).isNotNull();
        assertThat(refused.statusCode()).as(refused.getMessage()).isIn((Object[]) statuses);
    }
}

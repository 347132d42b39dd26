package io.sealward.gateway.multipart;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sealward.crypto.format.Format;
import io.sealward.crypto.seal.UploadSeal;
import io.sealward.gateway.bucket.UploadIds;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.s3.Decimal;
import io.sealward.gateway.s3.PathSegments;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Upload ids, as clients send them and the store lists them. The id by which an upload goes on holds the upload's sealed DEK,
 * and the store keeps nothing of an upload that this could be made of again. So each node remembers, for lists, the ids of the
 * latest uploads that it began or served a part of. Thread-safe.
 */
public final class Uploads implements UploadIds {
    private static final long MAX_BYTES_REMEMBERED = 16 << 20;

    private record AtStore(String bucket, String storeUploadId) {}

    private final Cache<AtStore, String> known = Caffeine.newBuilder()
            .maximumWeight(MAX_BYTES_REMEMBERED)
            .weigher(Uploads::bytes)
            .executor(Runnable::run)
            .build();

    /** In memory: an estimate from above. */
    private static int bytes(AtStore at, String uploadId) {
        return 300 + 2 * (at.bucket().length() + at.storeUploadId().length()) + uploadId.length();
    }

    /** Remembers an upload whose id has proven to be its own. */
    public void remember(String bucket, UploadSeal seal) {
        known.put(new AtStore(bucket, seal.storeUploadId()), seal.toUploadId());
    }

    @Override
    public String toClient(String bucket, String storeUploadId) {
        return find(bucket, storeUploadId).orElse(storeUploadId);
    }

    @Override
    public String toStore(String uploadId) {
        return UploadSeal.parse(uploadId).map(UploadSeal::storeUploadId).orElse(uploadId);
    }

    private Optional<String> find(String bucket, String storeUploadId) {
        return Optional.ofNullable(known.getIfPresent(new AtStore(bucket, storeUploadId)));
    }

    /**
     * The upload that a request goes on with.
     *
     * @throws S3Exception NoSuchUpload, also for an id of the store's that is not remembered here
     */
    public UploadSeal of(S3Request request) {
        String id = id(request);
        return UploadSeal.parse(id)
                .or(() -> find(request.bucket(), id).flatMap(UploadSeal::parse))
                .orElseThrow(() -> new S3Exception(
                        S3Error.NO_SUCH_UPLOAD,
                        "The upload can be continued only under the upload id that CreateMultipartUpload returned."));
    }

    /** The store's id of the upload, from either form: to list and to abort needs no key. */
    String storeUploadId(S3Request request) {
        return toStore(id(request));
    }

    /** The version of an upload's parts; if the id is one of the store itself, the version that is written. */
    static Format format(S3Request request) {
        return UploadSeal.parse(id(request)).map(UploadSeal::format).orElse(Format.WRITTEN);
    }

    private static String id(S3Request request) {
        return request.query("uploadId")
                .filter(id -> !id.isEmpty()) // a store might take it for no upload id at all
                .filter(id -> PathSegments.of(id) == PathSegments.Leads.WITHIN) // or for a folder
                .orElseThrow(() -> new S3Exception(S3Error.NO_SUCH_UPLOAD));
    }

    /**
     * The part that a request is about.
     *
     * @throws S3Exception InvalidArgument
     */
    public static int partNumber(S3Request request) {
        return request.query("partNumber").map(Decimal::parse).orElse(OptionalLong.empty()).stream()
                .filter(number ->
                        number >= 1 && number <= Format.WRITTEN.geometry().maxParts())
                .mapToInt(number -> (int) number)
                .findFirst()
                .orElseThrow(() -> new S3Exception(
                        S3Error.INVALID_ARGUMENT, "Part number must be an integer between 1 and 10000, inclusive."));
    }
}

package io.sealward.gateway.multipart;

import io.sealward.crypto.format.Format;
import io.sealward.crypto.seal.UploadSeal;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.s3.Decimal;
import io.sealward.gateway.s3.PathSegments;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.util.OptionalLong;

/** Upload ids as clients send them. */
final class Uploads {
    private Uploads() {}

    /**
     * The upload that a part belongs to.
     *
     * @throws S3Exception NoSuchUpload, also for an id of the store itself, as ListMultipartUploads tells it
     */
    static UploadSeal of(S3Request request) {
        return UploadSeal.parse(id(request))
                .orElseThrow(() -> new S3Exception(
                        S3Error.NO_SUCH_UPLOAD,
                        "The upload can be continued only under the upload id that CreateMultipartUpload returned."));
    }

    /** The store's id of the upload, from either form: to list and to abort needs no key. */
    static String storeUploadId(S3Request request) {
        String id = id(request);
        return UploadSeal.parse(id).map(UploadSeal::storeUploadId).orElse(id);
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

    /** @throws S3Exception InvalidArgument */
    static int partNumber(S3Request request) {
        return request.query("partNumber").map(Decimal::parse).orElse(OptionalLong.empty()).stream()
                .filter(number ->
                        number >= 1 && number <= Format.WRITTEN.geometry().maxParts())
                .mapToInt(number -> (int) number)
                .findFirst()
                .orElseThrow(() -> new S3Exception(
                        S3Error.INVALID_ARGUMENT, "Part number must be an integer between 1 and 10000, inclusive."));
    }
}

package io.sealward.gateway.copy;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.gateway.object.SourceObject;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.store.StoreRequest;
import java.util.List;
import java.util.Optional;

/**
 * What of the source a copy is to take over. Source: Amazon S3 API Reference, "CopyObject".
 *
 * @param metadata whose describes the copy
 * @param tagging what the store is told of tags, which it copies by itself; empty if the client says nothing
 */
record Directives(Replaced metadata, Optional<String> tagging) {
    static final String METADATA = "x-amz-metadata-directive";
    static final String TAGGING = "x-amz-tagging-directive";

    /** With one of them a copy onto itself changes something. */
    private static final List<String> CHANGES = List.of(
            "x-amz-storage-class",
            "x-amz-website-redirect-location",
            "x-amz-server-side-encryption",
            "x-amz-server-side-encryption-aws-kms-key-id");

    /** Whose words count. */
    enum Replaced {
        COPY,
        REPLACE
    }

    /** @throws S3Exception InvalidArgument for directives that are none, InvalidRequest for a copy that would change nothing */
    static Directives of(S3Request request, S3Request source) {
        Directives directives = new Directives(
                directive(request, METADATA, "Unknown metadata directive.").orElse(Replaced.COPY),
                directive(request, TAGGING, "Unknown tagging directive.").map(Replaced::name));
        boolean same = request.place().equals(source.place())
                && source.query("versionId").isEmpty();
        if (same
                && directives.metadata == Replaced.COPY
                && CHANGES.stream().noneMatch(name -> request.header(name).isPresent())) {
            throw new S3Exception(
                    S3Error.INVALID_REQUEST,
                    "This copy request is illegal because it is trying to copy an object to itself without changing the"
                            + " object's metadata, storage class, website redirect location or encryption attributes.");
        }
        return directives;
    }

    private static Optional<Replaced> directive(S3Request request, String name, String otherwise) {
        return request.header(name).map(word -> switch (word) {
            case "COPY" -> Replaced.COPY;
            case "REPLACE" -> Replaced.REPLACE;
            default -> throw new S3Exception(S3Error.INVALID_ARGUMENT, otherwise);
        });
    }

    /** Where the words are that describe the copy. */
    HttpHeaders described(S3Request request, SourceObject source) {
        return metadata == Replaced.REPLACE ? request.headers() : source.headers();
    }

    boolean replacesTags() {
        return tagging.filter(word -> word.equals(Replaced.REPLACE.name())).isPresent();
    }

    /** Has the store copy tags, or not, as the client says. */
    void tell(StoreRequest copy) {
        tagging.ifPresent(word -> copy.header(TAGGING, word));
    }
}

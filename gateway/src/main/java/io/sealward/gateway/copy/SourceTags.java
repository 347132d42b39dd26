package io.sealward.gateway.copy;

import static java.util.stream.Collectors.joining;

import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.object.SourceObject;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.s3.UriEncoding;
import io.sealward.gateway.store.StoreRequest;
import io.sealward.gateway.xml.XmlElement;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The tags of an object, which the store copies by itself only where it makes the copy. */
final class SourceTags {
    private SourceTags() {}

    /** As {@code x-amz-tagging} says them; empty if there are none. */
    static CompletionStage<Optional<String>> of(Copying copy, SourceObject source) {
        if (!source.headers().contains("x-amz-tagging-count")) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        S3Request read = source.request();
        StoreRequest tags =
                StoreRequest.of(HttpMethod.GET, read.bucket(), read.key()).query("tagging", "");
        read.query("versionId").ifPresent(id -> tags.query("versionId", id));
        return copy.own().under(read.admission()).ask(tags, copy.own().tree()).thenApply(told -> Optional.of(
                        told.all("TagSet").stream()
                                .flatMap(set -> set.all("Tag").stream())
                                .map(SourceTags::pair)
                                .collect(joining("&")))
                .filter(all -> !all.isEmpty()));
    }

    private static String pair(XmlElement tag) {
        return UriEncoding.encodeQuery(tag.value("Key").orElse(""))
                + '='
                + UriEncoding.encodeQuery(tag.value("Value").orElse(""));
    }
}

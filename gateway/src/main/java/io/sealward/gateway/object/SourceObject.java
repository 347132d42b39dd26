package io.sealward.gateway.object;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.crypto.seal.Layout;
import io.sealward.crypto.seal.ObjectSeal;
import io.sealward.gateway.request.S3Request;
import java.util.Optional;

/** The object that another one is made of, as the store's answer to HEAD describes it. Immutable. */
public final class SourceObject {
    private final S3Request request;
    private final StoredObject stored;

    /** @param request names the object, and under what it may be read */
    SourceObject(S3Request request, StoredObject stored) {
        this.request = request;
        this.stored = stored;
    }

    public S3Request request() {
        return request;
    }

    StoredObject stored() {
        return stored;
    }

    /** What the store keeps with it, the seal among it. */
    public HttpHeaders headers() {
        return stored.headers();
    }

    /** Empty for an object that was never sealed. */
    public Optional<ObjectSeal> seal() {
        return stored.seal();
    }

    /** The store's own, quoted. */
    public String etag() {
        return stored.etag();
    }

    /** The version that was found, where the store keeps versions. */
    public Optional<String> versionId() {
        return Optional.ofNullable(stored.headers().get("x-amz-version-id"));
    }

    public Optional<String> lastModified() {
        return Optional.ofNullable(stored.headers().get(HttpHeaderNames.LAST_MODIFIED));
    }

    /** Bytes at the store. */
    public long storedLength() {
        return stored.storedLength();
    }

    /** Whether it has bytes at the store that a DEK opens. */
    public boolean hasFrames() {
        return seal().filter(seal -> seal.layout() != Layout.EMPTY).isPresent();
    }
}

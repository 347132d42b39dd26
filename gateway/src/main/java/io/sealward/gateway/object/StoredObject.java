package io.sealward.gateway.object;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.crypto.format.Geometry;
import io.sealward.crypto.key.SealException;
import io.sealward.crypto.seal.ObjectSeal;
import io.sealward.gateway.request.MetadataHeaders;
import io.sealward.gateway.s3.Decimal;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.store.StoreResponse;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An object as the head of the store's answer describes it.
 *
 * @param seal empty for an object that was never sealed
 * @param storedLength bytes of the whole object at the store
 * @param bodyStart where in those bytes the answer's body begins
 * @param bodyEnd where it ends, exclusive
 */
record StoredObject(HttpHeaders headers, Optional<ObjectSeal> seal, long storedLength, long bodyStart, long bodyEnd) {
    /** Between the words of {@code bytes 0-1/2}. */
    private static final Pattern CONTENT_RANGE = Pattern.compile("[ /-]");

    StoredObject {
        if (bodyStart > bodyEnd || bodyEnd > storedLength) {
            throw unreadable();
        }
    }

    /**
     * @throws S3Exception if the seal is damaged or the answer makes no sense
     */
    static StoredObject of(StoreResponse response) {
        HttpHeaders headers = response.headers();
        try {
            Optional<ObjectSeal> seal = ObjectSeal.fromMetadata(MetadataHeaders.sealEntries(headers));
            String range = headers.get(HttpHeaderNames.CONTENT_RANGE);
            if (response.status() == 206 && range != null) {
                String[] parts = CONTENT_RANGE.split(range);
                return new StoredObject(headers, seal, number(parts[3]), number(parts[1]), number(parts[2]) + 1);
            }
            long length = number(headers.get(HttpHeaderNames.CONTENT_LENGTH, "0"));
            return new StoredObject(headers, seal, length, 0, length);
        } catch (SealException e) {
            throw BrokenSeal.of(e);
        } catch (IndexOutOfBoundsException e) {
            throw unreadable();
        }
    }

    private static long number(String text) {
        return Decimal.parse(text).orElseThrow(StoredObject::unreadable);
    }

    private static S3Exception unreadable() {
        return new S3Exception(S3Error.SERVICE_UNAVAILABLE, "The store's answer cannot be read.");
    }

    /** The lengths of its version of the format; of an object with a seal. */
    Geometry geometry() {
        return seal.orElseThrow().format().geometry();
    }

    /** The same object, with the body of another answer of the store. */
    StoredObject within(StoreResponse response) {
        StoredObject other = of(response);
        if (other.storedLength() != storedLength) {
            throw new S3Exception(S3Error.SERVICE_UNAVAILABLE, "The store gives one object two lengths.");
        }
        return new StoredObject(headers, seal, storedLength, other.bodyStart(), other.bodyEnd());
    }

    /** The store's own, quoted. */
    String etag() {
        return headers.get(HttpHeaderNames.ETAG, "");
    }
}

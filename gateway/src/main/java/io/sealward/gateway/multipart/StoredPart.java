package io.sealward.gateway.multipart;

import io.sealward.crypto.format.Geometry;
import io.sealward.gateway.xml.XmlElement;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A part as the store lists it.
 *
 * @param etag the store's own
 */
record StoredPart(int number, String etag, long plaintextLength) {
    /** What it takes in memory and in a map: an estimate from above. */
    long bytes() {
        return 200 + 2L * etag.length();
    }

    /** Empty for what no sealed part can be. */
    static Optional<StoredPart> of(Geometry geometry, XmlElement part) {
        try {
            int number = Integer.parseInt(part.value("PartNumber").orElse(""));
            OptionalLong length = geometry.partToPlain(
                    number, Long.parseLong(part.value("Size").orElse("")));
            return length.isPresent()
                    ? Optional.of(new StoredPart(number, part.value("ETag").orElse(""), length.getAsLong()))
                    : Optional.empty();
        } catch (IllegalArgumentException e) { // not numbers, or none that S3 has
            return Optional.empty();
        }
    }
}

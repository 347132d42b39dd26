package io.sealward.gateway.multipart;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.sealward.crypto.frame.AttemptSalt;
import io.sealward.crypto.frame.PartChecksum;
import io.sealward.crypto.frame.PartReceipt;
import io.sealward.crypto.key.Dek;
import io.sealward.gateway.body.Checksum;
import io.sealward.gateway.object.SealedUpload;
import io.sealward.gateway.s3.ETags;
import java.util.Optional;

/**
 * What the client carries of a part to Complete, in its ETag: the receipt of the attempt, and behind it the checksum that the
 * part was verified by, if it came with one.
 */
final class PartETags {
    private static final String BEHIND_RECEIPT = "-";

    private PartETags() {}

    /** The ETag that the client is told. */
    static String told(Dek dek, String receipt, SealedUpload.Stored stored) {
        String checksum = stored.intake()
                .checksum()
                .map(sum -> BEHIND_RECEIPT + PartChecksum.of(dek, receipt, sum.text()))
                .orElse("");
        return ETags.withReceipt(stored.headers().get(HttpHeaderNames.ETAG, ""), receipt + checksum);
    }

    /** What an ETag says of a part. */
    record Attempt(AttemptSalt salt, Optional<Checksum> checksum) {}

    /**
     * What the client has brought back.
     *
     * @param carried behind the store's ETag
     * @return empty if any of it is not of that part and length under this DEK
     */
    static Optional<Attempt> read(Dek dek, int part, long length, String carried) {
        int end = Math.min(PartReceipt.CHARACTERS, carried.length());
        String receipt = carried.substring(0, end);
        String behind = carried.substring(end);
        Optional<AttemptSalt> salt = PartReceipt.read(dek, part, length, receipt);
        if (behind.isEmpty()) {
            return salt.map(attempt -> new Attempt(attempt, Optional.empty()));
        }
        Optional<Checksum> checksum = behind.startsWith(BEHIND_RECEIPT)
                ? PartChecksum.read(dek, receipt, behind.substring(1)).flatMap(Checksum::ofText)
                : Optional.empty();
        return salt.filter(attempt -> checksum.isPresent()).map(attempt -> new Attempt(attempt, checksum));
    }
}

package io.sealward.gateway.multipart;

import io.sealward.crypto.frame.PartLayout;
import io.sealward.crypto.frame.SealedLength;
import io.sealward.crypto.seal.Layout;
import io.sealward.gateway.s3.ETags;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The parts that a client wants its object to be of.
 *
 * @param etags the store's, of parts 1 and up
 */
record CompletedParts(List<String> etags) {
    /**
     * Holds the list against what the store has.
     *
     * @throws S3Exception InvalidPart, EntityTooSmall, or InvalidRequest for parts that the layout excludes
     */
    PartLayout layout(Map<Integer, StoredPart> stored, Layout promised) {
        List<Long> lengths = new ArrayList<>();
        for (int i = 0; i < etags.size(); i++) {
            StoredPart part = stored.get(i + 1);
            if (part == null || !ETags.same(part.etag(), etags.get(i))) {
                throw new S3Exception(S3Error.INVALID_PART);
            }
            if (i < etags.size() - 1 && part.plaintextLength() < SealedLength.MIN_INNER_PART) {
                throw new S3Exception(S3Error.ENTITY_TOO_SMALL);
            }
            lengths.add(part.plaintextLength());
        }
        PartLayout layout = PartLayout.explicit(lengths);
        if (promised == Layout.ALIGNED_PARTS && !aligned(layout)) {
            throw new S3Exception(
                    S3Error.INVALID_REQUEST,
                    "This gateway takes parts of one length, a multiple of 64 KiB; only the last may be shorter,"
                            + " and not of " + SealedLength.TWICE_TERMINATED + " bytes.");
        }
        if (layout.mistakable()) {
            throw new S3Exception(
                    S3Error.INVALID_REQUEST, "Parts of just these lengths can not be told apart once sealed.");
        }
        return layout;
    }

    private static boolean aligned(PartLayout layout) {
        int last = layout.partCount();
        boolean equal = last == 1
                || (layout.equalParts()
                        && layout.lengthOf(1) % SealedLength.FRAME_PLAINTEXT == 0
                        && layout.lengthOf(last) <= layout.lengthOf(1));
        return equal && layout.lengthOf(last) != SealedLength.TWICE_TERMINATED; // its second END breaks the arithmetic
    }
}

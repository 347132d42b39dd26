package io.sealward.gateway.multipart;

import io.sealward.crypto.format.Geometry;
import io.sealward.crypto.frame.PartLayout;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.seal.Layout;
import io.sealward.crypto.seal.UploadSeal;
import io.sealward.gateway.body.Checksum;
import io.sealward.gateway.s3.ETags;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts that a client wants its object to be of.
 *
 * @param numbers that rise
 * @param etags of these parts, as the client says them
 * @param checksums that it says they have, where it does
 */
record CompletedParts(List<Integer> numbers, List<String> etags, List<Optional<Checksum>> checksums) {
    /** The ETag of a multipart upload at most stores: a digest of the parts', and their number. */
    private static final Pattern COUNTED = Pattern.compile("[0-9a-fA-F]{32}-(\\d{1,5})");

    /**
     * The parts that the store has of them.
     *
     * @param etags the store's
     * @param receipts that the client brought back: of all parts, or none
     */
    record Found(PartLayout layout, List<String> etags, List<String> receipts) {
        /**
         * The attempts that the store has acknowledged, as the client was told; none if it brought back no receipts.
         *
         * @throws S3Exception InvalidPart if a part is not as long as its receipt says, or a receipt is made up
         */
        List<PartETags.Attempt> attempts(Dek dek) {
            List<PartETags.Attempt> attempts = new ArrayList<>();
            for (int part = 1; part <= receipts.size(); part++) {
                attempts.add(PartETags.read(dek, part, layout.lengthOf(part), receipts.get(part - 1))
                        .orElseThrow(() -> new S3Exception(S3Error.INVALID_PART)));
            }
            return attempts;
        }
    }

    /**
     * Holds the list against what the store has.
     *
     * @throws S3Exception InvalidPart, EntityTooSmall, NotImplemented where the numbers of parts that are there have gaps, or
     *     InvalidRequest for parts that the layout excludes
     */
    Found find(Map<Integer, StoredPart> stored, UploadSeal upload) {
        requireAll(stored);
        Geometry geometry = upload.format().geometry();
        List<Long> lengths = new ArrayList<>();
        List<String> storeETags = new ArrayList<>();
        List<String> receipts = new ArrayList<>();
        for (int i = 0; i < etags.size(); i++) {
            StoredPart part = stored.get(i + 1);
            receipt(etags.get(i), part).ifPresent(receipts::add);
            if (i < etags.size() - 1 && part.plaintextLength() < geometry.minInnerPart()) {
                throw new S3Exception(S3Error.ENTITY_TOO_SMALL);
            }
            lengths.add(part.plaintextLength());
            storeETags.add(part.etag());
        }
        PartLayout layout = PartLayout.explicit(geometry, lengths);
        requireAllowed(layout, upload.layout());
        boolean all = receipts.size() == etags.size();
        if (upload.layout() == Layout.ALIGNED_PARTS
                && !all) { // readers rest on the promise: it must not be the store's
            throw new S3Exception(
                    S3Error.INVALID_PART,
                    "This gateway takes the ETags that UploadPart returned, not those of a list.");
        }
        return new Found(layout, storeETags, all ? receipts : List.of());
    }

    /** Whether an object with this ETag of the store may be of so many parts, with a seal part behind them or none. */
    boolean mayHaveMade(String storeETag) {
        Matcher counted = COUNTED.matcher(ETags.unquoted(storeETag));
        if (!counted.matches()) {
            return true;
        }
        int parts = Integer.parseInt(counted.group(1));
        return parts == etags.size() || parts == etags.size() + 1;
    }

    private void requireAll(Map<Integer, StoredPart> stored) {
        if (!stored.keySet().containsAll(numbers)) {
            throw new S3Exception(S3Error.INVALID_PART);
        }
        if (numbers.get(numbers.size() - 1) != numbers.size()) { // a reader could not tell a gap from a part taken away
            throw new S3Exception(
                    S3Error.NOT_IMPLEMENTED, "Part numbers must be 1, 2, 3, ... without gaps under this gateway.");
        }
    }

    private static Optional<String> receipt(String etag, StoredPart part) {
        try {
            return ETags.receipt(etag, part.etag());
        } catch (IllegalArgumentException e) {
            throw new S3Exception(S3Error.INVALID_PART, S3Error.INVALID_PART.message(), e);
        }
    }

    private static void requireAllowed(PartLayout layout, Layout promised) {
        if (promised == Layout.ALIGNED_PARTS && !aligned(layout)) {
            throw new S3Exception(
                    S3Error.INVALID_REQUEST,
                    "This gateway takes parts of one length, a multiple of 64 KiB; only the last may be shorter,"
                            + " and not of " + layout.geometry().twiceTerminatedLength() + " bytes.");
        }
        if (layout.mistakable()) {
            throw new S3Exception(
                    S3Error.INVALID_REQUEST, "Parts of just these lengths cannot be told apart once sealed.");
        }
    }

    private static boolean aligned(PartLayout layout) {
        int last = layout.partCount();
        boolean equal = last == 1
                || (layout.equalParts()
                        && layout.lengthOf(1) % layout.geometry().framePlaintext() == 0
                        && layout.lengthOf(last) <= layout.lengthOf(1));
        return equal
                && layout.lengthOf(last)
                        != layout.geometry().twiceTerminatedLength(); // its second END breaks the arithmetic
    }
}

package io.sealward.gateway.multipart;

import io.sealward.crypto.format.Format;
import io.sealward.gateway.budget.Budget;
import io.sealward.gateway.s3.Decimal;
import io.sealward.gateway.s3.ETags;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.xml.XmlDocument;
import io.sealward.gateway.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the client's list of parts: MalformedXML for what is none, InvalidPart and InvalidPartOrder, and NotImplemented where
 * part numbers have gaps.
 */
final class PartList implements XmlDocument<CompletedParts> {
    private static final int ETAG_BYTES = 64;

    private final Budget.Lease memory;
    private final List<String> etags = new ArrayList<>();
    private long previous;
    private boolean gaps;

    PartList(Budget.Lease memory) {
        this.memory = memory;
    }

    @Override
    public void root(String name) {
        if (!name.equals("CompleteMultipartUpload")) {
            throw malformed();
        }
    }

    @Override
    public void child(XmlElement child) {
        if (!child.name().equals("Part")) {
            return;
        }
        long number =
                Decimal.parse(child.value("PartNumber").orElse("").strip()).orElseThrow(PartList::malformed);
        if (number > Format.WRITTEN.geometry().maxParts()) {
            throw new S3Exception(S3Error.INVALID_PART);
        }
        if (number <= previous) {
            throw new S3Exception(S3Error.INVALID_PART_ORDER);
        }
        gaps |= number != previous + 1;
        String etag = ETags.toStore(child.value("ETag").orElseThrow(PartList::malformed));
        memory.require(ETAG_BYTES + 2L * etag.length());
        etags.add(etag);
        previous = number;
    }

    @Override
    public CompletedParts end(String text) {
        if (gaps) { // a reader could not tell a gap from a part taken away
            throw new S3Exception(
                    S3Error.NOT_IMPLEMENTED, "Part numbers must be 1, 2, 3, ... without gaps under this gateway.");
        }
        if (etags.isEmpty()) {
            throw malformed();
        }
        return new CompletedParts(etags);
    }

    private static S3Exception malformed() {
        return new S3Exception(S3Error.MALFORMED_XML);
    }
}

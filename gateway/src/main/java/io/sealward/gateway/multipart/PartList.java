package io.sealward.gateway.multipart;

import io.sealward.crypto.format.Format;
import io.sealward.gateway.body.Checksum;
import io.sealward.gateway.body.ChecksumAlgorithm;
import io.sealward.gateway.budget.Budget;
import io.sealward.gateway.s3.Decimal;
import io.sealward.gateway.s3.ETags;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.xml.XmlDocument;
import io.sealward.gateway.xml.XmlElement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads the client's list of parts: MalformedXML for what is none, InvalidPart and InvalidPartOrder.
 */
final class PartList implements XmlDocument<CompletedParts> {
    private static final int ETAG_BYTES = 64;

    private final Budget.Lease memory;
    private final List<Integer> numbers = new ArrayList<>();
    private final List<String> etags = new ArrayList<>();
    private final List<Optional<Checksum>> checksums = new ArrayList<>();
    private long previous;

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
        if (number < previous || number == 0) {
            throw new S3Exception(S3Error.INVALID_PART_ORDER);
        }
        String etag = ETags.toStore(child.value("ETag").orElseThrow(PartList::malformed));
        memory.require(ETAG_BYTES + 2L * etag.length());
        if (number == previous) { // sent again, and listed each time: the last counts
            etags.remove(etags.size() - 1);
            checksums.remove(checksums.size() - 1);
        } else {
            numbers.add((int) number);
        }
        etags.add(etag);
        checksums.add(checksum(child));
        previous = number;
    }

    @Override
    public CompletedParts end(String text) {
        if (etags.isEmpty()) {
            throw malformed();
        }
        return new CompletedParts(numbers, etags, checksums);
    }

    private Optional<Checksum> checksum(XmlElement part) {
        List<Checksum> all = Arrays.stream(ChecksumAlgorithm.values())
                .flatMap(algorithm -> part.value(algorithm.elementName()).stream()
                        .map(String::strip)
                        .filter(value -> !value.isEmpty())
                        .map(value -> new Checksum(algorithm, value)))
                .toList();
        if (all.size() > 1) {
            throw new S3Exception(S3Error.INVALID_REQUEST, "A part has one checksum.");
        }
        all.forEach(each -> memory.require(ETAG_BYTES + 2L * each.base64().length()));
        return all.stream().findFirst();
    }

    private static S3Exception malformed() {
        return new S3Exception(S3Error.MALFORMED_XML);
    }
}

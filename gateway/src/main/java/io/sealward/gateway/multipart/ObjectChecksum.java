package io.sealward.gateway.multipart;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.crypto.frame.PartLayout;
import io.sealward.gateway.body.Checksum;
import io.sealward.gateway.body.ChecksumAlgorithm;
import io.sealward.gateway.body.ChecksumType;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.sigv4.SingleHeader;
import io.sealward.gateway.xml.XmlElement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The checksum of a completed upload, as it follows from those that its parts were verified by. Source: Amazon S3 User Guide,
 * "Checking object integrity".
 */
record ObjectChecksum(Checksum checksum, ChecksumType type) {
    private static final String TYPE = "x-amz-checksum-type";

    /**
     * Holds all that the client says of checksums against those that its parts were verified by.
     *
     * @param request the headers of the Complete
     * @param said of the parts, by the client
     * @param proven of the parts; fewer than there are if not all are known
     * @return empty if the parts came without checksums, or with several kinds of them
     * @throws S3Exception InvalidPart, BadDigest, or InvalidRequest where what is said cannot be told
     */
    static Optional<ObjectChecksum> of(
            HttpHeaders request, List<Optional<Checksum>> said, List<Optional<Checksum>> proven, PartLayout layout) {
        for (int part = 0; part < said.size(); part++) {
            Optional<Checksum> known = part < proven.size() ? proven.get(part) : Optional.empty();
            if (said.get(part).isPresent() && !said.get(part).equals(known)) {
                throw new S3Exception(
                        S3Error.INVALID_PART,
                        "The checksum of part " + (part + 1) + " is not the one that it was uploaded with.");
            }
        }
        Optional<Checksum> wanted = inHead(request);
        Optional<ChecksumAlgorithm> algorithm = wanted.map(Checksum::algorithm)
                .or(() -> proven.stream().flatMap(Optional::stream).findFirst().map(Checksum::algorithm));
        if (algorithm.isEmpty()) {
            return Optional.empty();
        }
        List<Checksum> parts = proven.stream()
                .flatMap(Optional::stream)
                .filter(each -> each.algorithm() == algorithm.get())
                .toList();
        if (parts.size() < layout.partCount()) {
            wanted.ifPresent(value -> {
                throw new S3Exception(
                        S3Error.INVALID_REQUEST,
                        "The " + algorithm.get()
                                + " of the object cannot be told: its parts were not all uploaded with one, or"
                                + " their ETags are not those that UploadPart returned.");
            });
            return Optional.empty();
        }
        ChecksumType type = type(request, algorithm.get(), wanted);
        List<Long> lengths = IntStream.rangeClosed(1, layout.partCount())
                .mapToObj(layout::lengthOf)
                .toList();
        ObjectChecksum told = new ObjectChecksum(algorithm.get().ofParts(type, parts, lengths), type);
        wanted.filter(value -> !told.is(value)).ifPresent(value -> {
            throw new S3Exception(
                    S3Error.BAD_DIGEST,
                    "The " + value.algorithm() + " you specified did not match the calculated checksum.");
        });
        return Optional.of(told);
    }

    /** A composite value may come with the number of parts and without. */
    private boolean is(Checksum value) {
        return checksum.equals(value)
                || (type == ChecksumType.COMPOSITE && checksum.base64().startsWith(value.base64() + '-'));
    }

    private static Optional<Checksum> inHead(HttpHeaders request) {
        List<Checksum> all = Arrays.stream(ChecksumAlgorithm.values())
                .flatMap(algorithm -> SingleHeader.of(request, algorithm.headerName()).stream()
                        .map(value -> new Checksum(algorithm, value)))
                .toList();
        if (all.size() > 1) {
            throw new S3Exception(
                    S3Error.INVALID_REQUEST,
                    "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
        }
        return all.stream().findFirst();
    }

    private static ChecksumType type(HttpHeaders request, ChecksumAlgorithm algorithm, Optional<Checksum> wanted) {
        ChecksumType type = requested(request).orElseGet(() -> {
            boolean counted =
                    wanted.filter(value -> value.base64().indexOf('-') >= 0).isPresent();
            boolean whole = algorithm == ChecksumAlgorithm.CRC64NVME || (wanted.isPresent() && algorithm.joins());
            return whole && !counted ? ChecksumType.FULL_OBJECT : ChecksumType.COMPOSITE;
        });
        requireFitting(algorithm, type);
        return type;
    }

    /**
     * What a request says of the type.
     *
     * @throws S3Exception InvalidRequest
     */
    static Optional<ChecksumType> requested(HttpHeaders request) {
        return SingleHeader.of(request, TYPE).map(name -> Arrays.stream(ChecksumType.values())
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new S3Exception(S3Error.INVALID_REQUEST, "Value for x-amz-checksum-type header is invalid.")));
    }

    /** @throws S3Exception InvalidRequest for an algorithm that has no checksum of that type */
    static void requireFitting(ChecksumAlgorithm algorithm, ChecksumType type) {
        boolean fits = type == ChecksumType.FULL_OBJECT ? algorithm.joins() : algorithm != ChecksumAlgorithm.CRC64NVME;
        if (!fits) {
            throw new S3Exception(
                    S3Error.INVALID_REQUEST,
                    "The " + type + " checksum type cannot be used with the " + algorithm + " checksum algorithm.");
        }
    }

    /** In the answer to a Complete. */
    List<XmlElement> elements() {
        return List.of(
                XmlElement.text(checksum.algorithm().elementName(), checksum.base64()),
                XmlElement.text("ChecksumType", type.name()));
    }
}

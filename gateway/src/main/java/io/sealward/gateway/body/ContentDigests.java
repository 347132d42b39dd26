package io.sealward.gateway.body;

import io.netty.buffer.ByteBuf;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Computes the digests a request gave of its plaintext, and only those, and verifies them before it finishes. */
final class ContentDigests implements ByteSink {
    private record Expected(RunningDigest digest, String hex, Supplier<S3Exception> mismatch) {}

    private record TrailingChecksum(ChecksumAlgorithm algorithm, RunningDigest digest) {}

    private final ByteSink downstream;
    private final List<Expected> expected = new ArrayList<>();
    private Optional<TrailingChecksum> trailing = Optional.empty();
    private Optional<Checksum> checksum = Optional.empty();

    ContentDigests(ByteSink downstream) {
        this.downstream = downstream;
    }

    /** The value of {@code x-amz-content-sha256}, in lower case; computed once if it is the checksum's too. */
    void expectSha256(String hex) {
        if (expected.stream().noneMatch(each -> each.hex().equals(hex))) {
            expected.add(new Expected(
                    RunningDigest.of("SHA-256"), hex, () -> new S3Exception(S3Error.X_AMZ_CONTENT_SHA256_MISMATCH)));
        }
    }

    /** The value of {@code Content-MD5}, in lower-case hex. */
    void expectMd5(String hex) {
        expected.add(new Expected(RunningDigest.of("MD5"), hex, () -> new S3Exception(S3Error.BAD_DIGEST)));
    }

    void expectChecksum(Checksum value, String hex) {
        expected.add(new Expected(value.algorithm().newDigest(), hex, () -> mismatch(value.algorithm())));
        checksum = Optional.of(value);
    }

    /** A checksum whose value comes by {@link #trailer}. */
    void expectTrailer(ChecksumAlgorithm algorithm) {
        trailing = Optional.of(new TrailingChecksum(algorithm, algorithm.newDigest()));
    }

    /** The value of the announced trailer, before {@code finish}. */
    void trailer(String base64) {
        TrailingChecksum announced = trailing.orElseThrow(() -> new S3Exception(S3Error.MALFORMED_TRAILER));
        String hex = DigestValue.toHex(base64, announced.algorithm().length())
                .orElseThrow(() -> new S3Exception(
                        S3Error.INVALID_REQUEST,
                        "Value for " + announced.algorithm().headerName() + " trailing header is invalid."));
        expected.add(new Expected(announced.digest(), hex, () -> mismatch(announced.algorithm())));
        checksum = Optional.of(new Checksum(announced.algorithm(), base64));
        trailing = Optional.empty();
    }

    /** The checksum the client gave, verified once {@code finish} has returned. */
    Optional<Checksum> checksum() {
        return checksum;
    }

    @Override
    public void write(ByteBuf data) {
        for (Expected each : expected) {
            each.digest().update(data);
        }
        trailing.ifPresent(announced -> announced.digest().update(data));
        downstream.write(data);
    }

    @Override
    public void finish() {
        if (trailing.isPresent()) {
            throw new S3Exception(S3Error.MALFORMED_TRAILER);
        }
        for (Expected each : expected) {
            if (!HexFormat.of().formatHex(each.digest().value()).equals(each.hex())) {
                throw each.mismatch().get();
            }
        }
        downstream.finish();
    }

    @Override
    public void close() {
        downstream.close();
    }

    private static S3Exception mismatch(ChecksumAlgorithm algorithm) {
        return new S3Exception(
                S3Error.BAD_DIGEST,
                "The " + algorithm.name() + " you specified did not match the calculated checksum.");
    }
}

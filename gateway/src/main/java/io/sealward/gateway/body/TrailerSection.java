package io.sealward.gateway.body;

import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.util.Locale;
import java.util.Optional;

/**
 * What follows the last chunk: the one trailer that was announced, if any, its signature if the scheme signs trailers, and
 * an empty line. A trailer may end with CRLF or, as the AWS documentation has it, with LF CRLF.
 */
final class TrailerSection {
    private static final String SIGNATURE_NAME = "x-amz-trailer-signature";

    private enum State {
        TRAILER,
        AFTER_BARE_LF,
        SIGNATURE,
        EMPTY_LINE,
        ENDED
    }

    private final Optional<String> announced;
    private final ChunkIntegrity integrity;
    private final ContentDigests digests;
    private State state;
    private String canonical = "";

    TrailerSection(Optional<ChecksumAlgorithm> announced, ChunkIntegrity integrity, ContentDigests digests) {
        this.announced = announced.map(ChecksumAlgorithm::headerName);
        this.integrity = integrity;
        this.digests = digests;
        this.state = announced.isPresent() ? State.TRAILER : afterTrailer();
    }

    boolean ended() {
        return state == State.ENDED;
    }

    /** Takes a line with its LF. */
    void line(String line) {
        switch (state) {
            case TRAILER -> {
                String value = field(line, announced.orElseThrow());
                canonical = announced.orElseThrow() + ':' + value + '\n';
                digests.trailer(value);
                state = line.endsWith("\r\n") ? afterTrailer() : State.AFTER_BARE_LF;
            }
            case AFTER_BARE_LF -> {
                expectEmpty(line);
                state = afterTrailer();
            }
            case SIGNATURE -> {
                integrity.verifyTrailers(field(line, SIGNATURE_NAME), canonical);
                expectCrLf(line);
                state = State.EMPTY_LINE;
            }
            case EMPTY_LINE -> {
                expectEmpty(line);
                state = State.ENDED;
            }
            case ENDED -> throw new IllegalStateException("nothing may follow");
        }
    }

    private State afterTrailer() {
        return integrity.signsTrailers() ? State.SIGNATURE : State.EMPTY_LINE;
    }

    private static String field(String line, String name) {
        int colon = line.indexOf(':');
        if (colon < 0 || !line.substring(0, colon).toLowerCase(Locale.ROOT).equals(name)) {
            throw malformed();
        }
        return line.substring(colon + 1).trim();
    }

    private static void expectEmpty(String line) {
        if (!line.equals("\r\n")) {
            throw malformed();
        }
    }

    private static void expectCrLf(String line) {
        if (!line.endsWith("\r\n")) {
            throw malformed();
        }
    }

    private static S3Exception malformed() {
        return new S3Exception(S3Error.MALFORMED_TRAILER);
    }
}

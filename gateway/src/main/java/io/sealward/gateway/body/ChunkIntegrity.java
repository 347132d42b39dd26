package io.sealward.gateway.body;

import io.netty.buffer.ByteBuf;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.sigv4.ChunkSignatures;

/** What proves the chunks of an {@code aws-chunked} body, beside their order. */
sealed interface ChunkIntegrity {
    /** A chunk starts; {@code extension} is what follows its size, with the semicolon, or nothing. */
    void begin(String extension);

    void update(ByteBuf data);

    /** The chunk is whole; throws SignatureDoesNotMatch if it is not the one signed. */
    void verifyChunk();

    /** Whether the trailers must end with a signature. */
    boolean signsTrailers();

    /** Verifies the signature over the trailers, given as {@code name:value\n} lines. */
    void verifyTrailers(String signature, String canonicalTrailers);

    /** Nothing but the framing. */
    final class Unsigned implements ChunkIntegrity {
        @Override
        public void begin(String extension) {
            if (!extension.isEmpty()) {
                throw AwsChunkedDecoder.malformed("a chunk extension is not expected");
            }
        }

        @Override
        public void update(ByteBuf data) {}

        @Override
        public void verifyChunk() {}

        @Override
        public boolean signsTrailers() {
            return false;
        }

        @Override
        public void verifyTrailers(String signature, String canonicalTrailers) {
            throw new S3Exception(S3Error.MALFORMED_TRAILER);
        }
    }

    /** A signature on each chunk and, if there are trailers, one on them. */
    final class Signed implements ChunkIntegrity {
        private static final String EXTENSION = ";chunk-signature=";

        private final ChunkSignatures signatures;
        private final boolean trailers;
        private final RunningDigest digest = RunningDigest.of("SHA-256");
        private String signature = "";

        Signed(ChunkSignatures signatures, boolean trailers) {
            this.signatures = signatures;
            this.trailers = trailers;
        }

        @Override
        public void begin(String extension) {
            if (!extension.startsWith(EXTENSION)) {
                throw AwsChunkedDecoder.malformed("a chunk has no chunk-signature");
            }
            signature = extension.substring(EXTENSION.length());
        }

        @Override
        public void update(ByteBuf data) {
            digest.update(data);
        }

        @Override
        public void verifyChunk() {
            if (!signatures.acceptChunk(signature, digest.value())) {
                throw new S3Exception(S3Error.SIGNATURE_DOES_NOT_MATCH);
            }
        }

        @Override
        public boolean signsTrailers() {
            return trailers;
        }

        @Override
        public void verifyTrailers(String trailerSignature, String canonicalTrailers) {
            if (!signatures.acceptTrailers(trailerSignature, canonicalTrailers)) {
                throw new S3Exception(S3Error.SIGNATURE_DOES_NOT_MATCH);
            }
        }
    }
}

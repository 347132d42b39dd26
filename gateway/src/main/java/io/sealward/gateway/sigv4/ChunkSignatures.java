package io.sealward.gateway.sigv4;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sealward.crypto.algorithm.Sha256;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The chain of signatures in an {@code aws-chunked} body, each over its chunk and the signature before it; the first
 * follows the signature of the request head. Not thread-safe. Source: "Signature Calculations for the Authorization
 * Header: Transferring Payload in Multiple Chunks" and its page on trailing headers.
 */
public final class ChunkSignatures {
    private static final String EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private final ChunkSeed seed;
    private String previous;

    ChunkSignatures(ChunkSeed seed) {
        this.seed = seed;
        this.previous = seed.signature();
    }

    /** Whether the signature, in lower-case hex, is that of the next chunk; if it is not, the chain is of no more use. */
    public boolean acceptChunk(String signature, byte[] sha256OfChunk) {
        return accept(
                signature,
                "AWS4-HMAC-SHA256-PAYLOAD\n" + scope() + previous + '\n' + EMPTY_SHA256 + '\n'
                        + HexFormat.of().formatHex(sha256OfChunk));
    }

    /** Whether the signature ends the chain over the trailers, given as {@code name:value\n} lines. */
    public boolean acceptTrailers(String signature, String canonicalTrailers) {
        return accept(
                signature,
                "AWS4-HMAC-SHA256-TRAILER\n" + scope() + previous + '\n'
                        + Sha256.hex(canonicalTrailers.getBytes(US_ASCII)));
    }

    private boolean accept(String signature, String stringToSign) {
        previous = seed.key().sign(stringToSign);
        return MessageDigest.isEqual(previous.getBytes(US_ASCII), signature.getBytes(US_ASCII));
    }

    private String scope() {
        return seed.time().text() + '\n' + seed.scope() + '\n';
    }
}

package io.sealward.gateway.trail;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.crypto.algorithm.Sha256;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Where a trail stands: the number of a line, and the hash over it and all before it.
 *
 * @param hash 64 lower-case hex digits
 */
public record Link(long number, String hash) {
    /** Before the first line. */
    static final Link NONE = new Link(0, "0".repeat(64));

    private static final byte[] CHAIN = ",\"chain\":\"".getBytes(US_ASCII);

    /** After a line whose members but {@code chain} are these. */
    Link after(byte[] body) {
        MessageDigest digest = Sha256.begin();
        digest.update(HexFormat.of().parseHex(hash));
        return new Link(number + 1, HexFormat.of().formatHex(digest.digest(body)));
    }

    /** Writes the line of {@code body} that this is the link after. */
    void write(byte[] body, ByteArrayOutputStream lines) {
        lines.writeBytes(body);
        lines.writeBytes(CHAIN);
        lines.writeBytes(hash.getBytes(US_ASCII));
        lines.writeBytes("\"}\n".getBytes(UTF_8));
    }
}

package io.sealward.it.cloud.gcp;

import com.google.protobuf.ByteString;

/** What can happen to bytes between the two ends in spite of TLS: in a proxy's memory, in a serializer. */
public enum WireDamage {
    NONE,
    /** A bit of the request's main field flips before the service looks at it. */
    REQUEST,
    /** A bit of the reply's main field flips after its checksum was taken. */
    REPLY,
    /** The checksums of the request get lost, so that the service cannot confirm them. */
    CHECKSUMS_IGNORED;

    ByteString ofRequest(ByteString bytes) {
        return this == REQUEST ? flip(bytes) : bytes;
    }

    ByteString ofReply(ByteString bytes) {
        return this == REPLY ? flip(bytes) : bytes;
    }

    private static ByteString flip(ByteString bytes) {
        byte[] flipped = bytes.toByteArray();
        flipped[flipped.length - 1] ^= 1;
        return ByteString.copyFrom(flipped);
    }
}
